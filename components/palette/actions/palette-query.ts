/** What is searched for a text. A key is searched by its first eight characters, which Omni lists openly. */
export type PaletteQuery = { text: string; onlyKeys: boolean };

const KEY = /omni_sk_(\w*)/i;
const PREFIX = 8;
const FEWEST = 2;

/** The search of a typed text; null below two characters. A whole key is never sent. */
export function toPaletteQuery(query: string): PaletteQuery | null {
  const key = KEY.exec(query);
  const text = key ? (key[1] ?? '').slice(0, PREFIX) : query;
  return text.length < FEWEST ? null : { text, onlyKeys: key !== null };
}
