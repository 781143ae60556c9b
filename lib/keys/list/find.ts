import { matchWords } from '#lib/text/match-words.ts';
import { pick } from './list.ts';
import type { KeyRow } from './row.ts';

/** A key as a search shows it. */
export type KeyHit = Pick<KeyRow, 'id' | 'name' | 'prefix' | 'status'>;

/** `total` fit; `incomplete`: there may be keys that Omni does not list. */
export type KeysFound = { rows: KeyHit[]; total: number; incomplete: boolean; problem?: string };

/** The keys that fit a text best, all of them in order: by name, then by what else they say; those that work first. */
export function bestKeys(rows: readonly KeyRow[], text: string): KeyRow[] {
  const fitting = pick(rows, { q: text, show: 'all', use: 'any', sort: 'name', down: false });
  const rank = ({ name, status }: KeyRow) =>
    (matchWords(text, name) ?? 5) + (status === 'revoked' || status === 'expired' ? 10 : 0);
  return fitting.toSorted((a, b) => rank(a) - rank(b));
}

/** What a search tells of a key. */
export function keyHit({ id, name, prefix, status }: KeyRow): KeyHit {
  return { id, name, prefix, status };
}
