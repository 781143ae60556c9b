import 'server-only';
import { env } from '#lib/env.ts';
import { log } from '#lib/log.ts';
import type { Credential } from '#lib/omni/credential.ts';
import { cookieName, openCookie } from './seal.ts';
import { findServer, offeredServers } from './servers.ts';

/** The cookies of a request, by name. */
export type Cookies = ReadonlyMap<string, string>;

/** What a request's cookies claim. `cookie` is the name of the one that was looked at. */
export type Presented =
  | { ok: true; cookie: string; sid: string; credential: Credential }
  | { ok: false; cookie?: string; reason: 'none' | 'expired' | 'tampered' | 'server_gone' };

/**
 * Opens the cookie of the server used last, else of the first listed server that has one. Says nothing about whether the
 * session still lives: that is the store's to say.
 */
export async function presentedSession(cookies: Cookies): Promise<Presented> {
  const configuration = env();
  const used = cookies.get(cookieName(configuration));
  const has = (id: string) => cookies.has(cookieName(configuration, id));
  const id = used !== undefined && has(used) ? used : signedInServers(cookies)[0];
  if (id === undefined) return noneOf(cookies);
  const cookie = cookieName(configuration, id);
  const server = findServer(id);
  if (!server) return { ok: false, cookie, reason: 'server_gone' };
  const opened = await openCookie(cookies.get(cookie) ?? '', configuration);
  if (!opened.ok) {
    if (opened.reason === 'expired') return { ok: false, cookie, reason: 'expired' };
    log('warn', 'session.cookie_refused', { reason: opened.reason, server: id });
    return { ok: false, cookie, reason: 'tampered' };
  }
  if (opened.server !== id) {
    log('warn', 'session.cookie_refused', { reason: 'other server', server: id });
    return { ok: false, cookie, reason: 'tampered' };
  }
  return { ok: true, cookie, sid: opened.sid, credential: opened.credentialAt(server) };
}

/** The ids of all servers this browser has a session's cookie for, listed ones first. Whether it lives is not asked. */
export function signedInServers(cookies: Cookies): string[] {
  const prefix = cookieName(env(), '');
  const ids = [...cookies.keys()].filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  const listed = offeredServers().map((server) => server.id);
  return [...listed.filter((id) => ids.includes(id)), ...ids.filter((id) => !listed.includes(id) && findServer(id))];
}

/** Nobody, or somebody whose server is no longer listed. */
function noneOf(cookies: Cookies): Presented {
  const prefix = cookieName(env(), '');
  const orphan = [...cookies.keys()].find((name) => name.startsWith(prefix));
  return orphan === undefined ? { ok: false, reason: 'none' } : { ok: false, cookie: orphan, reason: 'server_gone' };
}
