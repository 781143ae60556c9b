import { matchWords } from '#lib/text/match-words.ts';
import { pick } from './list.ts';
import type { ListedKey } from './listed-key.ts';

/** A key as a search shows it. */
export type KeyHit = Pick<ListedKey, 'id' | 'name' | 'prefix' | 'status'>;

/** `total` fit; `incomplete`: there may be keys that Omni does not list. */
export type KeysFound = { rows: KeyHit[]; total: number; incomplete: boolean; problem?: string };

/** The keys that match a text, best first: by name, then by their other fields; active ones before others. */
export function bestKeys(rows: readonly ListedKey[], text: string): ListedKey[] {
  const fitting = pick(rows, { q: text, show: 'all', use: 'any', sort: 'name', down: false });
  const rank = ({ name, status }: ListedKey) =>
    (matchWords(text, name) ?? 5) + (status === 'revoked' || status === 'expired' ? 10 : 0);
  return fitting.toSorted((a, b) => rank(a) - rank(b));
}

/** A key as a search result. */
export function keyHit({ id, name, prefix, status }: ListedKey): KeyHit {
  return { id, name, prefix, status };
}
