import 'server-only';
import { log } from '#lib/log.ts';
import { store } from '#lib/store/database.ts';
import { storeErrorOf } from '#lib/store/store-error.ts';
import { presentedSession, type Cookies, type Presented } from './presented.ts';
import { endSession, type EndReason } from '#lib/session/sessions.ts';

/**
 * Ends the session that the cookies claim, so that every copy of its cookie is dead; answers what they claimed. With the
 * store down nothing ends: it `lives`, and the log says so.
 */
export async function endPresented(
  cookies: Cookies,
  reason: EndReason,
  open = store,
): Promise<Presented & { lives: boolean }> {
  const presented = await presentedSession(cookies);
  if (!presented.ok) return { ...presented, lives: false };
  try {
    await endSession(await open(), presented.sid, reason, Date.now());
  } catch (error) {
    const failure = storeErrorOf(error);
    if (!failure) throw error;
    log('error', 'session.not_ended', { kind: failure.kind });
    return { ...presented, lives: true };
  }
  return { ...presented, lives: false };
}
