import 'server-only';
import { cookies } from 'next/headers';
import { env } from '#lib/env.ts';
import type { Credential } from '#lib/omni/door/credential.ts';
import { endCookieSession } from './end-cookie-session.ts';
import type { RequestCookies } from './cookie-session.ts';
import { cookieAttributes, cookieName, sealSession } from '#lib/session/seal.ts';

/** A session that is in the store and not yet in a cookie. */
export type SessionToSet = { sid: string; credential: Credential; was?: string };

/** The cookies of this request. */
export async function requestCookies(): Promise<RequestCookies> {
  return new Map((await cookies()).getAll().map(({ name, value }) => [name, value]));
}

/** Sets the session's cookie and ends the session this browser had on that server. In actions and route handlers only. */
export async function startSession(session: SessionToSet): Promise<void> {
  const configuration = env();
  const { id } = session.credential.server;
  const name = cookieName(configuration, id);
  const jar = await cookies();
  const previous = jar.get(name)?.value;
  if (previous) await endCookieSession(new Map([[name, previous]]), 'replaced');
  jar.set(name, await sealSession(session, configuration), cookieAttributes(configuration));
  await setCurrentServer(id);
}

/** Sets the server that this browser uses now. In actions and route handlers only. */
export async function setCurrentServer(serverId: string): Promise<void> {
  const configuration = env();
  (await cookies()).set(cookieName(configuration), serverId, cookieAttributes(configuration));
}

/** Deletes a cookie. In actions and route handlers only. */
export async function dropCookie(name: string): Promise<void> {
  (await cookies()).set(name, '', { ...cookieAttributes(env()), maxAge: 0 });
}
