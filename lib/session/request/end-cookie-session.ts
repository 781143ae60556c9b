import 'server-only';
import { log } from '#lib/log.ts';
import { store } from '#lib/store/database.ts';
import { storeErrorOf } from '#lib/store/store-error.ts';
import { readCookieSession, type RequestCookies, type CookieSession } from './cookie-session.ts';
import { endSession, type EndReason } from '#lib/session/sessions.ts';

/**
 * Ends the session that the cookies claim, so that no copy of its cookie works; answers what they claimed. With the store down
 * the session `lives` on, and the log says so.
 */
export async function endCookieSession(
  cookies: RequestCookies,
  reason: EndReason,
  open = store,
): Promise<CookieSession & { lives: boolean }> {
  const claimed = await readCookieSession(cookies);
  if (!claimed.ok) return { ...claimed, lives: false };
  try {
    await endSession(await open(), claimed.sid, reason, Date.now());
  } catch (error) {
    const failure = storeErrorOf(error);
    if (!failure) throw error;
    log('error', 'session.not_ended', { kind: failure.kind });
    return { ...claimed, lives: true };
  }
  return { ...claimed, lives: false };
}
