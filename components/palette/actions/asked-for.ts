/** What may be asked for a text. A key is looked up by its first eight characters, which Omni shows everybody. */
export type Asked = { text: string; onlyKeys: boolean };

const KEY = /omni_sk_(\w*)/i;
const PREFIX = 8;
const FEWEST = 2;

/** What to ask the sources for; null while it is too little. What looks like a key is sent nowhere. */
export function askedFor(query: string): Asked | null {
  const key = KEY.exec(query);
  const text = key ? (key[1] ?? '').slice(0, PREFIX) : query;
  return text.length < FEWEST ? null : { text, onlyKeys: key !== null };
}
