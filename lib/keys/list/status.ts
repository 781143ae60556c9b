import type { Key } from '#lib/omni/schemas/keys.ts';

/** A key that expires within so many days is shown as expiring soon. */
export const SOON_DAYS = 14;
/** A key that had no requests for so many days is shown as unused. */
export const QUIET_DAYS = 30;
/** A key that works and had no requests for so many days is a risk nobody needs. */
export const IDLE_DAYS = 90;
export const DAY_MS = 86_400_000;

/** `unknown`: a status this console has never heard of. */
export type KeyStatus = 'active' | 'expires_soon' | 'expired' | 'revoked' | 'unknown';

/** `unknown`: Omni counts requests but has no time for them, or reports nothing. */
export type LastUse = { is: 'used'; at: string; quiet: boolean } | { is: 'never' } | { is: 'unknown' };

/** What a key is now (milliseconds): Omni itself never says `expired` and leaves such a key `active` (contract §5). */
export function statusOf({ status, expiresAt }: Pick<Key, 'status' | 'expiresAt'>, now: number): KeyStatus {
  if (status === 'revoked') return 'revoked';
  const left = expiresAt === null ? Infinity : Date.parse(expiresAt) - now;
  if (status === 'expired' || left <= 0) return 'expired';
  if (status !== 'active') return 'unknown';
  return left <= SOON_DAYS * DAY_MS ? 'expires_soon' : 'active';
}

/**
 * When a key was used last. Omni drops the time when a forwarded address is too long to store, so a count without a time
 * is not "never" (contract §1.8); `updatedAt` is not used, since every change moves it too.
 */
export function lastUseOf({ lastUsedAt, usageCount }: Pick<Key, 'lastUsedAt' | 'usageCount'>, now: number): LastUse {
  if (lastUsedAt !== null) {
    return { is: 'used', at: lastUsedAt, quiet: now - Date.parse(lastUsedAt) >= QUIET_DAYS * DAY_MS };
  }
  return usageCount === 0 ? { is: 'never' } : { is: 'unknown' };
}
