import 'server-only';
import { log } from '#lib/log.ts';
import type { Credential } from '#lib/omni/door/credential.ts';
import { store } from '#lib/store/database.ts';
import { storeErrorOf } from '#lib/store/store-error.ts';
import { actorsOf } from '#lib/session/actor.ts';
import { dropCookie, requestCookies } from '#lib/session/request/cookie-next.ts';
import { endCookieSession } from '#lib/session/request/end-cookie-session.ts';
import { endAllOf } from '#lib/session/sessions.ts';

/**
 * Ends the session in the store, then deletes its cookie; works for a session that has ended. Answers false when the store is
 * down: then only the cookie is deleted. In actions and route handlers only.
 */
export async function signOut(): Promise<boolean> {
  const { cookie, lives } = await endCookieSession(await requestCookies(), 'signed_out');
  if (cookie !== undefined) await dropCookie(cookie);
  return !lives;
}

/**
 * Ends every session of a key at its server, then signs out here. Answers false when the store is down: then no session has
 * ended, not even this one, so that it can be tried again. For signed-in requests.
 */
export async function signOutEverywhere(credential: Credential, open = store): Promise<boolean> {
  try {
    await endAllOf(await open(), actorsOf(credential), 'signed_out_everywhere', Date.now());
  } catch (error) {
    const failure = storeErrorOf(error);
    if (!failure) throw error;
    log('error', 'session.not_ended', { kind: failure.kind });
    return false;
  }
  return signOut();
}
