import type { ListedKey } from './listed-key.ts';
import { DAY_MS } from './status.ts';

/** A key that expired within so many days may still be used by an integration nobody switched. */
export const LATELY_DAYS = 7;
const URGENT_DAYS = 3;

/**
 * The keys that expire soon, then those that expired lately, each by expiry; the session's own first. Keys `replaced` in a rotation (ids) are
 * left out, since their expiry is intended. `now` in milliseconds.
 */
export function expiringKeys(rows: readonly ListedKey[], replaced: ReadonlySet<string>, now: number): ListedKey[] {
  const own = ({ kinds }: ListedKey) => Number(!kinds.includes('own'));
  const over = ({ status }: ListedKey) => Number(status === 'expired');
  return rows
    .filter((row) => !replaced.has(row.id) && (row.status === 'expires_soon' || expiredLately(row, now)))
    .toSorted((a, b) => own(a) - own(b) || over(a) - over(b) || expiryOf(a) - expiryOf(b));
}

/** Whether one of them is urgent: it has expired, or expires within three days. */
export function isUrgent(rows: readonly ListedKey[], now: number): boolean {
  return rows.some((row) => expiryOf(row) - now <= URGENT_DAYS * DAY_MS);
}

function expiredLately(row: ListedKey, now: number): boolean {
  return row.status === 'expired' && expiryOf(row) >= now - LATELY_DAYS * DAY_MS;
}

const expiryOf = ({ expiresAt }: ListedKey) => (expiresAt === null ? 0 : Date.parse(expiresAt));
