import type { KeyRow } from './row.ts';
import { DAY_MS } from './status.ts';

/** A key that ended within so many days may still be called with by something nobody has looked at. */
export const LATELY_DAYS = 7;
const URGENT_DAYS = 3;

/**
 * The keys whose end somebody should know of: they end soon or ended lately; the session's own first, then whatever ends
 * first. Those `replaced` by another (ids) end because somebody wants it. `now` in milliseconds.
 */
export function endings(rows: readonly KeyRow[], replaced: ReadonlySet<string>, now: number): KeyRow[] {
  const own = ({ kinds }: KeyRow) => Number(!kinds.includes('own'));
  return rows
    .filter((row) => !replaced.has(row.id) && (row.status === 'expires_soon' || endedLately(row, now)))
    .toSorted((a, b) => own(a) - own(b) || endOf(a) - endOf(b));
}

/** Whether one of them does not wait: it has ended, or ends within three days. */
export function pressing(rows: readonly KeyRow[], now: number): boolean {
  return rows.some((row) => endOf(row) - now <= URGENT_DAYS * DAY_MS);
}

function endedLately(row: KeyRow, now: number): boolean {
  return row.status === 'expired' && endOf(row) >= now - LATELY_DAYS * DAY_MS;
}

const endOf = ({ expiresAt }: KeyRow) => (expiresAt === null ? 0 : Date.parse(expiresAt));
