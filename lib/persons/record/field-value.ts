import { NOTHING, textValue, type Value } from '#lib/operations/effects/value.ts';
import type { Json } from '#lib/operations/plan/define.ts';
import { phoneText } from '#lib/text/phone-text.ts';

/** A field of a person for people to read: phones as they are written at home, metadata key by key; null where there is nothing. */
export function fieldText(field: string, value: Json | undefined): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'string') return field === 'primaryPhone' ? (phoneText(value) ?? value) : value;
  if (field !== 'metadata' || typeof value !== 'object' || Array.isArray(value)) return JSON.stringify(value);
  const all = Object.entries(value).map(
    ([key, one]) => `${key}: ${typeof one === 'string' ? one : JSON.stringify(one)}`,
  );
  return all.join(', ') || null;
}

/** The same as a value in a sentence. */
export function fieldValue(field: string, value: Json | undefined): Value {
  const text = fieldText(field, value);
  return text === null ? NOTHING : textValue(text);
}
