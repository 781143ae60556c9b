import 'server-only';
import { sealData, unsealData } from 'iron-session';
import { z } from 'zod';
import type { Env } from '#lib/env.ts';
import { Credential, type OmniServer } from '#lib/omni/door/credential.ts';
import { Sealer } from '#lib/store/seal.ts';

/** `key` is sealed once more and synchronously, because React's development tools send the values of promises to the browser. */
const content = z.object({
  sid: z.uuid(),
  server: z.string().min(1),
  key: z.string().min(1),
  was: z.string().optional(),
});

/**
 * The content of a session's cookie; everything else is in the store. `was`: the actor before the session moved to another key,
 * whose pages still count as its own.
 */
type CookieContent = { sid: string; server: string; key: string; was?: string | undefined };

/**
 * The result of opening a cookie; `server` is the id it was sealed for. `unknown-password`: its password is no longer in
 * `SESSION_PASSWORDS`.
 */
export type OpenedCookie =
  | {
      ok: true;
      sid: string;
      server: string;
      was: string | undefined;
      credentialAt: (server: OmniServer) => Credential;
    }
  | { ok: false; reason: 'expired' | 'invalid' | 'unknown-password' };

type Secrets = Pick<Env, 'SESSION_PASSWORDS' | 'SESSION_MAX_MINUTES'>;
type Address = Pick<Env, 'APP_ORIGIN'>;

const sealContext = (sid: string) => `cookie/key/${sid}`;
const sealerOf = ({ SESSION_PASSWORDS }: Secrets) => new Sealer(SESSION_PASSWORDS);
const seconds = ({ SESSION_MAX_MINUTES }: Secrets) => SESSION_MAX_MINUTES * 60;

/** Seals a cookie's value: readable here only, and no longer than a session can last. */
export function sealCookie({ sid, server, key, was }: CookieContent, secrets: Secrets): Promise<string> {
  const sealed = { sid, server, was, key: sealerOf(secrets).seal(sealContext(sid), key) };
  return sealData(sealed, { password: secrets.SESSION_PASSWORDS, ttl: seconds(secrets) });
}

/** Seals a session's id and key. */
export function sealSession(
  { sid, credential, was }: { sid: string; credential: Credential; was?: string | undefined },
  secrets: Secrets,
): Promise<string> {
  return sealCookie({ sid, server: credential.server.id, key: credential.reveal(), was }, secrets);
}

/** Opens a cookie's value; any of the configured passwords does. */
export async function openCookie(value: string, secrets: Secrets): Promise<OpenedCookie> {
  let reason: 'expired' | 'invalid' | 'unknown-password' = 'invalid';
  const opened = await unsealData<unknown>(value, {
    password: secrets.SESSION_PASSWORDS,
    ttl: seconds(secrets),
    onUnsealError: (why) => (reason = why),
  });
  const parsed = content.safeParse(opened);
  if (!parsed.success) return { ok: false, reason };
  const { sid, server, was } = parsed.data;
  const key = sealerOf(secrets).open(sealContext(sid), parsed.data.key);
  if (!key.ok) return { ok: false, reason };
  return { ok: true, sid, server, was, credentialAt: (where) => new Credential(where, key.value) };
}

/**
 * The name of a server's cookie; without a server, of the one that says which server was used last. On plain http the name
 * carries the port, because cookies ignore ports.
 */
export function cookieName({ APP_ORIGIN }: Address, serverId?: string): string {
  const { protocol, port } = new URL(APP_ORIGIN);
  const base = protocol === 'https:' ? '__Host-omni' : `omni-${port || '80'}`;
  return serverId === undefined ? base : `${base}-${serverId}`;
}

/** How much longer than its session a cookie lasts, in seconds, so that a returning user is told that the session has expired. */
const COOKIE_GRACE = 3600;

/** The attributes of the console's cookies. Their content cannot be opened after a session's time limit, even if the browser keeps them. */
export function cookieAttributes({ APP_ORIGIN, ...secrets }: Address & Secrets) {
  const secure = APP_ORIGIN.startsWith('https:');
  const maxAge = seconds(secrets) + COOKIE_GRACE;
  return { httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge } as const;
}
