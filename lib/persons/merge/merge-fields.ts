import 'server-only';
import { canonical } from '#lib/operations/plan/canonical.ts';
import { asJson, type Json } from '#lib/operations/plan/define.ts';
import { personPatch, type Person } from '#lib/omni/schemas/persons.ts';
import { fold } from '#lib/text/fold.ts';
import { PERSON_FIELDS, type MergeInput, type PersonField } from './merge-facts.ts';
import { digitsOf, phoneSpelling, samePhone } from '#lib/text/phone.ts';
import { fieldText } from '#lib/persons/record/field-value.ts';
import { visibleName } from '#lib/text/visible.ts';

/** One field of two people: what each has, whose value is kept, and what becomes of the other. */
export type FieldChoice = {
  field: PersonField;
  survivor: Json;
  duplicate: Json;
  /** `same`: nothing to choose. `only`: one of them has a value. `conflict`: both have, and they are written differently. */
  kind: 'same' | 'only' | 'conflict';
  keep: 'survivor' | 'duplicate';
  result: Json;
  /** The value nobody will have afterwards, or null. The same name, phone or email in another spelling is not lost, unless it says more. */
  lost: Json;
};

/**
 * A field as the page draws it: what each of two people has, whose value is kept unless somebody chooses. `open`: there is something to
 * choose. `fixed`: Omni takes the duplicate's value from nobody.
 */
export type FieldRow = Record<'survivor' | 'duplicate', string | null> &
  Pick<FieldChoice, 'field' | 'keep'> & { open: boolean; fixed: boolean };

/** The fields of a merge as its page draws them. */
export function fieldRows(fields: readonly FieldChoice[]): FieldRow[] {
  return fields.map(({ field, survivor, duplicate, kind, keep }) => ({
    field,
    survivor: fieldText(field, survivor),
    duplicate: fieldText(field, duplicate),
    keep,
    open: kind !== 'same' && !isEmpty(duplicate),
    fixed: !writable(field, duplicate),
  }));
}

/** Whether a value is nothing: Omni stores `""` and `{}` beside null (contract §10.17). */
export function isEmpty(value: Json): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value === 'string') return value.trim() === '';
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** The fields of two people side by side, conflicts first, each with the decision of `choices` or the default: what the survivor has, and of one phone the fuller spelling. */
export function fieldChoices(
  survivor: Pick<Person, PersonField>,
  duplicate: Pick<Person, PersonField>,
  choices: MergeInput['fields'],
): FieldChoice[] {
  const order = { conflict: 0, only: 1, same: 2 };
  return PERSON_FIELDS.map((field) =>
    choose(field, asJson(survivor[field]), asJson(duplicate[field]), choices[field]),
  ).sort((a, b) => order[a.kind] - order[b.kind]);
}

function choose(
  field: PersonField,
  survivor: Json,
  duplicate: Json,
  choice: 'survivor' | 'duplicate' | undefined,
): FieldChoice {
  const both = { field, survivor, duplicate };
  if (isEmpty(duplicate) || canonical(survivor ?? null) === canonical(duplicate ?? null)) {
    const kind = isEmpty(duplicate) && !isEmpty(survivor) ? 'only' : 'same';
    return { ...both, kind, keep: 'survivor', result: survivor, lost: null };
  }
  const only = isEmpty(survivor);
  const keep = writable(field, duplicate)
    ? (choice ?? (only || fuller(field, duplicate, survivor) ? 'duplicate' : 'survivor'))
    : 'survivor';
  const [kept, dropped] = keep === 'duplicate' ? [duplicate, survivor] : [survivor, duplicate];
  const lost = isEmpty(dropped) || (same(field, survivor, duplicate) && !fuller(field, dropped, kept)) ? null : dropped;
  return { ...both, kind: only ? 'only' : 'conflict', keep, result: keep === 'duplicate' ? duplicate : survivor, lost };
}

/** Whether one spelling of a phone says more than another, so that keeping the other loses the rest. */
function fuller(field: PersonField, a: Json, b: Json): boolean {
  if (field !== 'primaryPhone' || typeof a !== 'string' || typeof b !== 'string') return false;
  const [one, other] = [phoneSpelling(a), phoneSpelling(b)];
  return one !== null && other !== null && one.key === other.key && one.says > other.says;
}

/** Whether Omni takes this value from a caller: it holds emails and addresses that it would refuse today. */
export function writable(field: PersonField, value: Json): boolean {
  return personPatch.shape[field].safeParse(value).success;
}

/** Whether two values say the same to people: names without accents, phones in any spelling, emails in any case. */
function same(field: PersonField, a: Json, b: Json): boolean {
  if (isEmpty(a) && isEmpty(b)) return true;
  if (typeof a === 'string' && typeof b === 'string') {
    if (a === b) return true;
    if (field === 'displayName') return fold(a) === fold(b);
    if (field === 'primaryPhone') return samePhone(a, b);
    if (field === 'primaryEmail') return a.trim().toLowerCase() === b.trim().toLowerCase();
    return false;
  }
  return canonical(a) === canonical(b);
}

/**
 * What is typed before something is not kept: the last four digits of the phone that isn't, where the kept one ends otherwise; else
 * the first and the last word of the duplicate's name, where the kept person has another; null where neither tells them apart.
 */
export function typedToMerge(fields: readonly FieldChoice[], duplicate: Pick<Person, 'displayName'>): string | null {
  const phone = fields.find(({ field }) => field === 'primaryPhone');
  const [lost, kept] = [phone?.lost, phone?.result].map((value) => (typeof value === 'string' ? lastFour(value) : ''));
  if (lost && lost !== kept) return lost;
  const name = endsOf(duplicate.displayName);
  const result = fields.find(({ field }) => field === 'displayName')?.result;
  const other = endsOf(typeof result === 'string' ? result : null);
  return name && fold(name) !== fold(other ?? '') ? name : null;
}

function lastFour(phone: string): string {
  const digits = digitsOf(phone);
  return digits.length >= 4 ? digits.slice(-4) : '';
}

/** The first and the last word of a name that can be seen. */
function endsOf(name: string | null): string | null {
  const words = visibleName(name)?.split(' ') ?? [];
  return [...new Set([words.at(0), words.at(-1)])].filter(Boolean).join(' ') || null;
}
