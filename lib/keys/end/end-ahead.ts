import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { notSent } from '#lib/omni/door/local-error.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { omniNow } from '#lib/keys/rotate/omni-clock.ts';

/** An end this close to the moment it was agreed to meant "at once"; milliseconds. */
const AT_ONCE_MS = 30_000;

/** How long after it was agreed to "at once" may still be sent; milliseconds. */
const STILL_MEANT_MS = 300_000;

/** Whether an end means "at once" at a moment (milliseconds, by Omni's clock). */
export function meansAtOnce(expiresAt: string, now: number): boolean {
  return Date.parse(expiresAt) <= now + AT_ONCE_MS;
}

/** Whether an end that was agreed to at a moment is still what was meant at another: ahead, or "at once" a moment ago. */
export function isStillMeant(expiresAt: string, agreedAt: number, now: number): boolean {
  const end = Date.parse(expiresAt);
  return meansAtOnce(expiresAt, agreedAt) ? now - end <= STILL_MEANT_MS : end > now;
}

/**
 * Asked by a step right before it sends an end: a run that goes on later plans nothing anew, and an end that came meanwhile
 * would cut off whoever calls with the key. `agreedAt` as ISO where "at once" may be meant. Null when it may be sent.
 */
export async function endPassed(
  omni: Omni,
  expiresAt: string | null | undefined,
  agreedAt?: string,
): Promise<OmniError | null> {
  if (!expiresAt) return null;
  const now = await omniNow(omni);
  const agreed = agreedAt === undefined ? -Infinity : Date.parse(agreedAt);
  return isStillMeant(expiresAt, agreed, now) ? null : notSent('end_passed');
}
