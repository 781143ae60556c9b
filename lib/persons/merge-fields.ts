import { canonical } from '#lib/operations/canonical.ts';
import type { Json } from '#lib/operations/define.ts';
import type { Person } from '#lib/omni/schemas/persons.ts';
import { fold } from '#lib/text/fold.ts';
import { PERSON_FIELDS, type MergeInput, type PersonField } from './merge-world.ts';
import { samePhone } from './phone-digits.ts';

export type Value = Json;

/** One field of two people: what each has, whose is kept, and what becomes of the other's. */
export type FieldChoice = {
  field: PersonField;
  stays: Value;
  goes: Value;
  /** `same`: nothing to choose. `only`: one of them has a value. `conflict`: both have, and they differ. */
  kind: 'same' | 'only' | 'conflict';
  keep: 'stays' | 'goes';
  result: Value;
  /** The value nobody will have afterwards, or null. */
  lost: Value;
};

/** Whether a value is nothing: Omni stores `""` and `{}` beside null (contract §10.17). */
export function isEmpty(value: Value): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value === 'string') return value.trim() === '';
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** The fields of two people side by side, conflicts first, each with the decision of `choices` or the default. */
export function fieldChoices(stays: Person, goes: Person, choices: MergeInput['fields']): FieldChoice[] {
  const order = { conflict: 0, only: 1, same: 2 };
  return PERSON_FIELDS.map((field) => choose(field, stays[field] as Value, goes[field] as Value, choices[field])).sort(
    (a, b) => order[a.kind] - order[b.kind],
  );
}

function choose(field: PersonField, stays: Value, goes: Value, wish: 'stays' | 'goes' | undefined): FieldChoice {
  if (isEmpty(goes) || same(field, stays, goes)) {
    const kind = isEmpty(goes) && !isEmpty(stays) ? 'only' : 'same';
    return { field, stays, goes, kind, keep: 'stays', result: stays, lost: null };
  }
  if (isEmpty(stays)) {
    const keep = wish ?? 'goes';
    return {
      field,
      stays,
      goes,
      kind: 'only',
      keep,
      result: keep === 'goes' ? goes : stays,
      lost: keep === 'goes' ? null : goes,
    };
  }
  const keep = wish ?? 'stays';
  return {
    field,
    stays,
    goes,
    kind: 'conflict',
    keep,
    result: keep === 'goes' ? goes : stays,
    lost: keep === 'goes' ? stays : goes,
  };
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
