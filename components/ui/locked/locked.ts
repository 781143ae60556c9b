/** A permission that the key lacks, and the sentence that says so. An admin can be asked for it. */
export type MissingScope = { scope: string; text: string };

/** Why something can't be used now. */
export type Locked = string | MissingScope;

/** The permission that is missing, with a translator of namespace `ui`. */
export function needsScope(t: (key: 'needs-scope', values: { scope: string }) => string, scope: string): MissingScope {
  return { scope, text: t('needs-scope', { scope }) };
}

/** The sentence. */
export function lockedText(locked: Locked): string {
  return typeof locked === 'string' ? locked : locked.text;
}

/** The permission to ask an admin for; null where that is not why. */
export function lockedScope(locked: Locked | null | undefined): string | null {
  return locked && typeof locked !== 'string' ? locked.scope : null;
}
