const PREFIX = 'draft ';
const RECENT = 'recent ';
const QUEUE = 'queue ';
/** A key of Omni's, wherever it was typed. */
const SECRET = /omni_sk_/i;
/** Fields that are no draft, whatever their text: keys, step-up proofs, recovery codes, texts shown once, typed confirmations. */
const SECRET_FIELDS: ReadonlySet<string> = new Set(
  'key apikey api_key proof code recoverycode secret token password confirm confirmation typed'.split(' '),
);

/** Where a draft is kept in this tab: whose it is, and of what. */
export function draftKey(scope: string, name: string): string {
  return `${PREFIX}${scope} ${name}`;
}

/** Keeps a text, unless a key stands in it; then what was kept before is dropped, too, since it is no longer what is typed. */
export function writeDraft(key: string, text: string): void {
  if (SECRET.test(text)) sessionStorage.removeItem(key);
  else sessionStorage.setItem(key, text);
}

/** The values of a form that may be kept: those of secret fields are left out. */
export function keptValues<T extends object>(values: T): Partial<T> {
  const kept = Object.entries(values).filter(([field]) => !SECRET_FIELDS.has(field.toLowerCase()));
  return Object.fromEntries(kept) as Partial<T>;
}

/** Where the records opened last in this tab are kept: whose they are. */
export function recentKey(actor: string): string {
  return `${RECENT}${actor}`;
}

/** Where the place in the queue of duplicates is kept in this tab: whose it is. */
export function queueKey(actor: string): string {
  return `${QUEUE}${actor}`;
}

/** Drops what this tab keeps: at sign-out nothing typed and nothing opened stays behind. */
export function clearTab(): void {
  for (const key of Object.keys(sessionStorage))
    if ([PREFIX, RECENT, QUEUE].some((prefix) => key.startsWith(prefix))) sessionStorage.removeItem(key);
  // Versions before kept the ids of opened records in the browser.
  for (const key of Object.keys(localStorage)) if (key.startsWith(RECENT)) localStorage.removeItem(key);
}
