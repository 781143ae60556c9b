import type { Key } from '#lib/omni/schemas/keys.ts';

const MARK = /\s*\[console [0-9a-f-]{36}\]/g;

/** A key's description without the marks by which this console finds keys it created; null when nothing is left. */
export function descriptionOf({ description }: Pick<Key, 'description'>): string | null {
  return description?.replaceAll(MARK, '').trim() || null;
}

/** A description with an entry's mark: names are not unique in Omni, so a key whose answer was lost is found by its mark. */
export function marked(description: string | null, mark: string): string {
  return description ? `${description} ${mark}` : mark;
}

/** A new description that keeps the marks of the old one. */
export function keepingMarks(old: string | null, description: string | null): string | null {
  const marks = (old?.match(MARK) ?? []).map((mark) => mark.trim()).join(' ');
  return marks ? marked(description, marks) : description;
}
