import 'server-only';
import { cookies } from 'next/headers';
import { env } from '#lib/env.ts';
import type { Credential } from '#lib/omni/door/credential.ts';
import { endPresented } from './end-presented.ts';
import type { Cookies } from './presented.ts';
import { cookieAttributes, cookieName, sealSession } from '#lib/session/seal.ts';

/** A session that is in the store and not yet in the browser. */
export type SessionToSet = { sid: string; credential: Credential; was?: string };

/** The cookies of this request. */
export async function requestCookies(): Promise<Cookies> {
  return new Map((await cookies()).getAll().map(({ name, value }) => [name, value]));
}

/** Gives the browser its session and ends the one it had on that server. In actions and route handlers only. */
export async function startSession(session: SessionToSet): Promise<void> {
  const configuration = env();
  const { id } = session.credential.server;
  const name = cookieName(configuration, id);
  const jar = await cookies();
  const previous = jar.get(name)?.value;
  if (previous) await endPresented(new Map([[name, previous]]), 'replaced');
  jar.set(name, await sealSession(session, configuration), cookieAttributes(configuration));
  await turnTo(id);
}

/** Notes which of its servers this browser works with now. In actions and route handlers only. */
export async function turnTo(serverId: string): Promise<void> {
  const configuration = env();
  (await cookies()).set(cookieName(configuration), serverId, cookieAttributes(configuration));
}

/** Takes a cookie from the browser. In actions and route handlers only. */
export async function dropCookie(name: string): Promise<void> {
  (await cookies()).set(name, '', { ...cookieAttributes(env()), maxAge: 0 });
}
