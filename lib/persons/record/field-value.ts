import { NOTHING, textValue, type Value } from '#lib/operations/effects/value.ts';
import type { Json } from '#lib/operations/plan/define.ts';
import { phonesApart, phoneText } from '#lib/text/phone-text.ts';
import { visibleName } from '#lib/text/visible.ts';

/** A field of a person for people to read: what is seen of a name, phones as they are written at home, metadata entry by entry; null where there is nothing. */
export function fieldText(field: string, value: Json | undefined): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (field === 'displayName' && typeof value === 'string') return visibleName(value);
  if (typeof value === 'string') return field === 'primaryPhone' ? (phoneText(value) ?? value) : value;
  if (field !== 'metadata' || typeof value !== 'object' || Array.isArray(value)) return JSON.stringify(value);
  const all = Object.entries(value).map(([key, one]) => `${key}: ${entryText(one)}`);
  return all.join(' · ') || null;
}

/** An entry of metadata: a list as its items, what is nested as JSON. */
function entryText(value: Json): string {
  const isPlain = (one: Json) => typeof one !== 'object' || one === null;
  if (Array.isArray(value) && value.every(isPlain)) return value.map(String).join(', ');
  return isPlain(value) ? String(value) : JSON.stringify(value);
}

/** The same as a value in a sentence. */
export function fieldValue(field: string, value: Json | undefined): Value {
  const text = fieldText(field, value);
  return text === null ? NOTHING : textValue(text);
}

/** What two people have in a field, side by side: phones of two countries with their country codes, those that would read alike as they are stored. */
export function fieldTexts(field: string, a: Json | undefined, b: Json | undefined): [string | null, string | null] {
  const isPhones = field === 'primaryPhone' && typeof a === 'string' && typeof b === 'string' && a !== '' && b !== '';
  if (!isPhones) return [fieldText(field, a), fieldText(field, b)];
  const { texts } = phonesApart(a, b);
  return a !== b && texts[0] === texts[1] ? [a, b] : texts;
}
