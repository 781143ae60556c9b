import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { notSent } from '#lib/omni/door/local-error.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { omniNow } from '#lib/omni/resources/health.ts';

/** An expiry this close to the moment it was confirmed meant "at once"; milliseconds. */
const AT_ONCE_MS = 30_000;

/** How long after the confirmation "at once" can still be sent; milliseconds. */
const STILL_MEANT_MS = 300_000;

/** Whether an expiry means "at once" at a moment (milliseconds, by Omni's clock). */
export function meansAtOnce(expiresAt: string, now: number): boolean {
  return Date.parse(expiresAt) <= now + AT_ONCE_MS;
}

/** Whether an expiry confirmed at one moment still means the same at another: still ahead, or "at once" and just confirmed. */
export function isStillMeant(expiresAt: string, confirmedAt: number, now: number): boolean {
  const expiry = Date.parse(expiresAt);
  return meansAtOnce(expiresAt, confirmedAt) ? now - expiry <= STILL_MEANT_MS : expiry > now;
}

/**
 * Called by a step right before it sends an expiry: a run that is continued later makes no new plan, and an expiry that has
 * passed meanwhile would cut off the key's integrations. `confirmedAt` as ISO where "at once" can be meant. Null when it can be
 * sent; the error `end_passed` otherwise.
 */
export async function expiryPassed(
  omni: Omni,
  expiresAt: string | null | undefined,
  confirmedAt?: string,
): Promise<OmniError | null> {
  if (!expiresAt) return null;
  const now = await omniNow(omni);
  const confirmed = confirmedAt === undefined ? -Infinity : Date.parse(confirmedAt);
  return isStillMeant(expiresAt, confirmed, now) ? null : notSent('end_passed');
}
