import type { Json } from '#lib/operations/plan/define.ts';
import { changedByReading } from './exact-json.ts';

/** A key and a value being edited. `json`: the value is written as JSON because it is not a plain text. `was`: the key as stored, kept as it is while nobody edits it. */
export type MetadataRow = { id: string; key: string; text: string; json: boolean; was?: string };

export type ReadMetadata =
  | { ok: true; value: { [key: string]: Json } }
  | { ok: false; problem: 'no_key' | 'twice' | 'bad_json' | 'not_object' | 'long_number' };

/** Metadata as rows: texts as they are, everything else as JSON. */
export function rowsOf(metadata: { [key: string]: Json } | null): MetadataRow[] {
  return Object.entries(metadata ?? {}).map(([key, value], index) => {
    const json = typeof value !== 'string';
    return { id: `${index}:${key}`, key, text: json ? JSON.stringify(value) : value, json, was: key };
  });
}

/** Rows as metadata, or what is wrong with them. Wholly empty rows are left out. */
export function rowsToMetadata(rows: readonly MetadataRow[]): ReadMetadata {
  const values = new Map<string, Json>();
  for (const row of rows) {
    const key = row.key === row.was ? row.key : row.key.trim();
    if (!key && row.was !== '' && !row.text.trim()) continue;
    if (!key && row.was !== key) return { ok: false, problem: 'no_key' };
    if (values.has(key)) return { ok: false, problem: 'twice' };
    if (!row.json) values.set(key, row.text);
    else {
      const read = readJson(row.text);
      if (!read.ok) return read;
      values.set(key, read.value);
    }
  }
  return { ok: true, value: Object.fromEntries(values) };
}

/** A JSON text as metadata: an object, nothing else. */
export function textToMetadata(text: string): ReadMetadata {
  const read = readJson(text.trim() || '{}');
  if (!read.ok) return read;
  const { value } = read;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { ok: false, problem: 'not_object' };
  return { ok: true, value };
}

function readJson(text: string): { ok: true; value: Json } | Extract<ReadMetadata, { ok: false }> {
  try {
    const value = JSON.parse(text) as Json;
    const problem = changedByReading(text);
    return problem ? { ok: false, problem } : { ok: true, value };
  } catch {
    return { ok: false, problem: 'bad_json' };
  }
}

/** Metadata while it is edited: as rows or as a JSON text, whichever is shown; the other one is what it was when it was last shown. */
export type MetadataDraft = { view: 'rows' | 'json'; rows: MetadataRow[]; json: string };

/** Metadata as an edit of it begins. */
export function draftOf(metadata: { [key: string]: Json } | null): MetadataDraft {
  return { view: 'rows', rows: rowsOf(metadata), json: metadataText(metadata) };
}

/** Metadata as the JSON text that is edited. */
export function metadataText(metadata: { [key: string]: Json } | null): string {
  return JSON.stringify(metadata ?? {}, null, 2);
}

/** The metadata that is shown, or what is wrong with it. */
export function readDraft({ view, rows, json }: MetadataDraft): ReadMetadata {
  return view === 'json' ? textToMetadata(json) : rowsToMetadata(rows);
}
