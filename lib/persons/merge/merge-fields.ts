import { canonical } from '#lib/operations/plan/canonical.ts';
import type { Json } from '#lib/operations/plan/define.ts';
import { personPatch, type Person } from '#lib/omni/schemas/persons.ts';
import { fold } from '#lib/text/fold.ts';
import { PERSON_FIELDS, type MergeInput, type PersonField } from './merge-facts.ts';
import { samePhone, saysMore } from '#lib/persons/directory/phone-digits.ts';

export type Value = Json;

/** One field of two people: what each has, whose is kept, and what becomes of the other's. */
export type FieldChoice = {
  field: PersonField;
  stays: Value;
  goes: Value;
  /** `same`: nothing to choose. `only`: one of them has a value. `conflict`: both have, and they are written differently. */
  kind: 'same' | 'only' | 'conflict';
  keep: 'stays' | 'goes';
  result: Value;
  /** The value nobody will have afterwards, or null; the same name, phone or e-mail written otherwise is not lost, unless it says more. */
  lost: Value;
};

/** Whether a value is nothing: Omni stores `""` and `{}` beside null (contract §10.17). */
export function isEmpty(value: Value): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value === 'string') return value.trim() === '';
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** The fields of two people side by side, conflicts first, each with the decision of `choices` or the default: what the survivor has, and the fuller writing of one phone. */
export function fieldChoices(stays: Person, goes: Person, choices: MergeInput['fields']): FieldChoice[] {
  const order = { conflict: 0, only: 1, same: 2 };
  return PERSON_FIELDS.map((field) => choose(field, stays[field] as Value, goes[field] as Value, choices[field])).sort(
    (a, b) => order[a.kind] - order[b.kind],
  );
}

function choose(field: PersonField, stays: Value, goes: Value, wish: 'stays' | 'goes' | undefined): FieldChoice {
  const both = { field, stays, goes };
  if (isEmpty(goes) || canonical(stays ?? null) === canonical(goes ?? null)) {
    const kind = isEmpty(goes) && !isEmpty(stays) ? 'only' : 'same';
    return { ...both, kind, keep: 'stays', result: stays, lost: null };
  }
  const only = isEmpty(stays);
  const keep = writable(field, goes) ? (wish ?? (only || fuller(field, goes, stays) ? 'goes' : 'stays')) : 'stays';
  const [kept, dropped] = keep === 'goes' ? [goes, stays] : [stays, goes];
  const lost = isEmpty(dropped) || (same(field, stays, goes) && !fuller(field, dropped, kept)) ? null : dropped;
  return { ...both, kind: only ? 'only' : 'conflict', keep, result: keep === 'goes' ? goes : stays, lost };
}

/** Whether one writing of a phone says more than another, so that keeping the other loses the rest. */
function fuller(field: PersonField, a: Value, b: Value): boolean {
  return field === 'primaryPhone' && typeof a === 'string' && typeof b === 'string' && saysMore(a, b);
}

/** Whether Omni takes this value from a caller: it holds e-mails and addresses that it would refuse today. */
export function writable(field: PersonField, value: Value): boolean {
  return personPatch.shape[field].safeParse(value).success;
}

/** Whether two values say the same to people: names without accents, phones however written, e-mails in any case. */
export function same(field: PersonField, a: Value, b: Value): boolean {
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
