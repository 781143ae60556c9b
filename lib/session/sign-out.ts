import 'server-only';
import { dropCookie, requestCookies } from './cookie-next.ts';
import { endPresented } from './end-presented.ts';

/** Ends the session in the store, then in this browser; works for one that is gone. In actions and route handlers only. */
export async function signOut(): Promise<void> {
  const { cookie } = await endPresented(await requestCookies(), 'signed_out');
  if (cookie !== undefined) await dropCookie(cookie);
}
