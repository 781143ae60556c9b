import type { Json } from '#lib/operations/define.ts';

/** A key and a value being edited. `json`: the value is written as JSON because it is not a plain text. */
export type MetadataRow = { id: string; key: string; text: string; json: boolean };

export type ReadMetadata =
  | { ok: true; value: { [key: string]: Json } }
  | { ok: false; problem: 'no_key' | 'twice' | 'bad_json' | 'not_object' };

/** Metadata as rows: texts as they are, everything else as JSON. */
export function rowsOf(metadata: { [key: string]: Json } | null): MetadataRow[] {
  return Object.entries(metadata ?? {}).map(([key, value], index) => {
    const json = typeof value !== 'string';
    return { id: `${index}:${key}`, key, text: json ? JSON.stringify(value) : value, json };
  });
}

/** Rows as metadata, or what is wrong with them. Wholly empty rows are left out. */
export function rowsToMetadata(rows: readonly MetadataRow[]): ReadMetadata {
  const value: { [key: string]: Json } = {};
  for (const row of rows) {
    const key = row.key.trim();
    if (!key && !row.text.trim()) continue;
    if (!key) return { ok: false, problem: 'no_key' };
    if (Object.hasOwn(value, key)) return { ok: false, problem: 'twice' };
    if (!row.json) value[key] = row.text;
    else {
      try {
        value[key] = JSON.parse(row.text) as Json;
      } catch {
        return { ok: false, problem: 'bad_json' };
      }
    }
  }
  return { ok: true, value };
}

/** A JSON text as metadata: an object, nothing else. */
export function textToMetadata(text: string): ReadMetadata {
  try {
    const value: unknown = JSON.parse(text.trim() || '{}');
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return { ok: false, problem: 'not_object' };
    return { ok: true, value: value as { [key: string]: Json } };
  } catch {
    return { ok: false, problem: 'bad_json' };
  }
}
