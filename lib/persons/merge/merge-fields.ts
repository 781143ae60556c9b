import 'server-only';
import { canonical } from '#lib/operations/plan/canonical.ts';
import { asJson, type Json } from '#lib/operations/plan/define.ts';
import { personPatch, type Person } from '#lib/omni/schemas/persons.ts';
import { sameEmail } from '#lib/text/email.ts';
import { fold } from '#lib/text/fold.ts';
import { PERSON_FIELDS, type MergeInput, type PersonField } from './merge-facts.ts';
import { digitsOf, phoneSpelling, samePhone } from '#lib/text/phone.ts';
import { fieldTexts } from '#lib/persons/record/field-value.ts';
import { phonesApart } from '#lib/text/phone-text.ts';
import { betterSpelling } from '#lib/text/spelling.ts';
import { visibleName } from '#lib/text/visible.ts';

/** One field of two people: what each has, whose value is kept, and what becomes of the other. */
export type FieldChoice = {
  field: PersonField;
  survivor: Json;
  duplicate: Json;
  /**
   * `same`: nothing to choose. `only`: one of them has a value. `spelling`: both say the same to people, written differently. `conflict`:
   * they say different things.
   */
  kind: 'same' | 'only' | 'spelling' | 'conflict';
  keep: 'survivor' | 'duplicate';
  result: Json;
  /** The value nobody will have afterwards, or null. The same name, phone or email in another spelling is not lost, unless it says more. */
  lost: Json;
};

/**
 * A field as the page draws it: what each of two people has, whose value is kept unless somebody chooses. `open`: there is something to
 * choose. `fixed`: Omni takes the duplicate's value from nobody. `countries`: of two phones, where they are two countries (ISO 3166).
 * `alike`: so many entries of the metadata are the same, and are left out of the texts.
 */
export type FieldRow = Record<'survivor' | 'duplicate', string | null> &
  Pick<FieldChoice, 'field' | 'keep' | 'kind'> & {
    open: boolean;
    fixed: boolean;
    countries: [string, string] | null;
    alike: number;
  };

/** The fields of a merge as its page draws them: all of them, what differs first. */
export function fieldRows(fields: readonly FieldChoice[]): FieldRow[] {
  return fields.map((choice) => {
    const { field, survivor, duplicate, kind, keep } = choice;
    const { texts, alike } = choiceTexts(choice);
    const isPhones = field === 'primaryPhone' && typeof survivor === 'string' && typeof duplicate === 'string';
    return {
      field,
      kind,
      survivor: texts[0],
      duplicate: texts[1],
      keep,
      open: kind !== 'same' && !isEmpty(duplicate),
      fixed: !writable(field, duplicate),
      countries: isPhones ? phonesApart(survivor, duplicate).countries : null,
      alike,
    };
  });
}

/** What two people have in a field, for people to read; of metadata what they don't have alike, and how much they do. */
export function choiceTexts({ field, survivor, duplicate }: Pick<FieldChoice, 'field' | 'survivor' | 'duplicate'>): {
  texts: [string | null, string | null];
  alike: number;
} {
  const both = field === 'metadata' ? [survivor, duplicate].map(entriesOf) : [];
  const [one, other] = both;
  if (!one || !other || canonical(one) === canonical(other))
    return { texts: fieldTexts(field, survivor, duplicate), alike: 0 };
  const [own, its] = [without(one, other), without(other, one)];
  return { texts: fieldTexts(field, own, its), alike: Object.keys(one).length - Object.keys(own).length };
}

function entriesOf(value: Json): { [key: string]: Json } | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
}

/** The entries of one that another has not, or has otherwise. */
function without(one: { [key: string]: Json }, other: { [key: string]: Json }): { [key: string]: Json } {
  const isAlike = (key: string, value: Json) =>
    Object.hasOwn(other, key) && canonical(value) === canonical(other[key] ?? null);
  return Object.fromEntries(Object.entries(one).filter(([key, value]) => !isAlike(key, value)));
}

/** Whether a value is nothing: Omni stores `""` and `{}` beside null (contract §10.17), and texts of which nothing can be seen. */
export function isEmpty(value: Json): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value === 'string') return visibleName(value) === null;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** The fields of two people side by side, conflicts first, each with the decision of `choices` or the default: what the survivor has, of one phone the fuller spelling, of one name the better one. */
export function fieldChoices(
  survivor: Pick<Person, PersonField>,
  duplicate: Pick<Person, PersonField>,
  choices: MergeInput['fields'],
): FieldChoice[] {
  const order = { conflict: 0, spelling: 1, only: 2, same: 3 };
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
  if (isEmpty(duplicate) || looksSame(field, survivor, duplicate)) {
    const kind = isEmpty(duplicate) && !isEmpty(survivor) ? 'only' : 'same';
    return { ...both, kind, keep: 'survivor', result: survivor, lost: null };
  }
  const only = isEmpty(survivor);
  const keep = writable(field, duplicate)
    ? (choice ?? (only || recommended(field, duplicate, survivor) ? 'duplicate' : 'survivor'))
    : 'survivor';
  const [kept, dropped] = keep === 'duplicate' ? [duplicate, survivor] : [survivor, duplicate];
  const isSpelling = same(field, survivor, duplicate);
  const lost =
    isEmpty(dropped) || isWithin(dropped, kept) || (isSpelling && !fuller(field, dropped, kept)) ? null : dropped;
  const kind = only ? 'only' : isSpelling ? 'spelling' : 'conflict';
  return { ...both, kind, keep, result: keep === 'duplicate' ? duplicate : survivor, lost };
}

/** Whether nobody could tell two values apart: the same, or names that differ in nothing that can be seen. */
function looksSame(field: PersonField, a: Json, b: Json): boolean {
  if (canonical(a ?? null) === canonical(b ?? null)) return true;
  if (field !== 'displayName' || typeof a !== 'string' || typeof b !== 'string') return false;
  return visibleName(a)?.normalize('NFC') === visibleName(b)?.normalize('NFC');
}

/** Whether one metadata has nothing that another has not. */
function isWithin(one: Json, other: Json): boolean {
  const [a, b] = [entriesOf(one), entriesOf(other)];
  return a !== null && b !== null && Object.keys(without(a, b)).length === 0;
}

/** Whether one value is better than another, and nothing is lost by it: the fuller spelling of a phone, the better one of a name, more metadata. */
function recommended(field: PersonField, a: Json, b: Json): boolean {
  if (field === 'metadata') return isWithin(b, a);
  if (field !== 'displayName' || typeof a !== 'string' || typeof b !== 'string') return fuller(field, a, b);
  return same(field, a, b) && betterSpelling(a, b) > 0;
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
    if (field === 'primaryEmail') return sameEmail(a, b);
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
