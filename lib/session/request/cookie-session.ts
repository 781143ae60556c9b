import 'server-only';
import { env } from '#lib/env.ts';
import { log, logName } from '#lib/log.ts';
import type { Credential } from '#lib/omni/door/credential.ts';
import { openKept } from '#lib/session/opened-cookies.ts';
import { cookieName } from '#lib/session/seal.ts';
import { findServer, offeredServers } from '#lib/session/servers/servers.ts';

/** The cookies of a request, by name. */
export type RequestCookies = ReadonlyMap<string, string>;

/** The session that a request's cookies claim. `cookie` is the name of the cookie that was read. */
export type CookieSession =
  | { ok: true; cookie: string; sid: string; credential: Credential; was: string | undefined }
  | { ok: false; cookie?: string; reason: 'none' | 'expired' | 'tampered' | 'server_gone' };

/**
 * Opens the cookie of the server used last, or the only one where none is named. Without that cookie nobody is signed in, even
 * if there are cookies of other servers: those must be chosen. Whether the session is still alive only the store knows.
 */
export async function readCookieSession(cookies: RequestCookies): Promise<CookieSession> {
  const configuration = env();
  const id = cookies.get(cookieName(configuration)) ?? onlyOne(signedInServers(cookies));
  const cookie = id === undefined ? undefined : cookieName(configuration, id);
  if (id === undefined || cookie === undefined || !cookies.has(cookie)) return noneOf(cookies);
  const server = findServer(id);
  if (!server) return { ok: false, cookie, reason: 'server_gone' };
  const opened = await openKept(cookies.get(cookie) ?? '', configuration);
  if (!opened.ok) {
    if (opened.reason === 'expired') return { ok: false, cookie, reason: 'expired' };
    log('warn', 'session.cookie_refused', { reason: opened.reason, server: logName(id) });
    return { ok: false, cookie, reason: 'tampered' };
  }
  if (opened.server !== id) {
    log('warn', 'session.cookie_refused', { reason: 'other server', server: logName(id) });
    return { ok: false, cookie, reason: 'tampered' };
  }
  const { sid, was } = opened;
  return { ok: true, cookie, sid, was, credential: opened.credentialAt(server) };
}

/** The ids of all servers for which this browser has a session cookie, listed servers first; the sessions may have ended. */
export function signedInServers(cookies: RequestCookies): string[] {
  const prefix = cookieName(env(), '');
  const ids = [...cookies.keys()].filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  const listed = offeredServers().map((server) => server.id);
  return [...listed.filter((id) => ids.includes(id)), ...ids.filter((id) => !listed.includes(id) && findServer(id))];
}

/** The cookies without those of other servers. */
export function onlyOf(serverId: string, cookies: RequestCookies): RequestCookies {
  const name = cookieName(env(), serverId);
  return new Map([[name, cookies.get(name) ?? '']]);
}

const onlyOne = (ids: string[]) => (ids.length === 1 ? ids[0] : undefined);

/** No session, or one whose server is no longer listed. */
function noneOf(cookies: RequestCookies): CookieSession {
  const prefix = cookieName(env(), '');
  const orphan = [...cookies.keys()].find((name) => name.startsWith(prefix) && !findServer(name.slice(prefix.length)));
  return orphan === undefined ? { ok: false, reason: 'none' } : { ok: false, cookie: orphan, reason: 'server_gone' };
}
