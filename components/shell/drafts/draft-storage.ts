const PREFIX = 'draft ';
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

/** Drops every draft of this tab: at sign-out nothing typed stays behind. */
export function dropDrafts(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
}
