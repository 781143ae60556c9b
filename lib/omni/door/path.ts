const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const NOT_AN_ID = ':not-an-id';

/** Every word that stands in a path of ours. What is neither one of these nor a UUID is never sent. */
const WORDS = new Set(
  `access agents audit auth automations chats check health identities instances keys link merge metrics participants
   persons presence providers revoke routes rules status timeline unlink validate`.split(/\s+/),
);

/** Whether a text is a UUID as Omni writes them. Omni answers 500 to any other id in a path (contract §1.5). */
export function isUuid(text: unknown): text is string {
  return typeof text === 'string' && UUID.test(text);
}

/** An id of an address as Omni writes it, in small letters, or null: PostgreSQL reads capitals, our comparisons would not. */
export function idOf(text: unknown): string | null {
  return isUuid(text) ? text.toLowerCase() : null;
}

/** The id in a text that has more than it: braces, quotes, spaces or a dot, as pasting leaves them around it; else null. */
export function idWithin(text: string): string | null {
  return idOf(/^[^0-9a-z]*([0-9a-f-]{36})[^0-9a-z]*$/i.exec(text)?.[1]);
}

/**
 * A path below `/api/v2` with ids in it: path`/persons/${id}/presence`. An id that is no UUID leaves a path that the door
 * refuses, so a caller needs no check of its own.
 */
export function path(words: TemplateStringsArray, ...ids: readonly string[]): string {
  return words.reduce((all, word, index) => {
    const id = ids[index - 1];
    return all + (isUuid(id) ? id.toLowerCase() : NOT_AN_ID) + word;
  });
}

/** Whether every part of a path is a known word or a UUID: no empty part, no dots, no escapes, no capitals, no query. */
export function isSendable(path: string): boolean {
  const [first, ...parts] = path.split('/');
  return first === '' && parts.length > 0 && parts.every((part) => WORDS.has(part) || isUuid(part));
}

/** A query string with its `?`, or nothing. Absent values and `false` are left out: Omni reads `=false` as true (contract §1.6). */
export function queryText(query: Record<string, unknown> = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== false);
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return text && `?${text}`;
}
