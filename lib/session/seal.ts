import 'server-only';
import { sealData, unsealData } from 'iron-session';
import { z } from 'zod';
import type { Env } from '#lib/env.ts';
import type { Credential } from '#lib/omni/credential.ts';

const content = z.object({ sid: z.uuid(), server: z.string().min(1), key: z.string().min(1) });

/** What a session's cookie holds. Everything else is a row in the store. */
type CookieContent = z.infer<typeof content>;

/** What a cookie turned out to be. `unknown-password`: its password is no longer in `SESSION_PASSWORDS`. */
export type OpenedCookie =
  | { ok: true; content: CookieContent }
  | { ok: false; reason: 'expired' | 'invalid' | 'unknown-password' };

type Secrets = Pick<Env, 'SESSION_PASSWORDS' | 'SESSION_MAX_MINUTES'>;
type Address = Pick<Env, 'APP_ORIGIN'>;

const seconds = ({ SESSION_MAX_MINUTES }: Secrets) => SESSION_MAX_MINUTES * 60;

/** Seals a cookie's value: readable here only, and no longer than a session can last. */
export function sealCookie(sealed: CookieContent, secrets: Secrets): Promise<string> {
  return sealData(sealed, { password: secrets.SESSION_PASSWORDS, ttl: seconds(secrets) });
}

/** Seals a session's id and key. */
export function sealSession(sid: string, credential: Credential, secrets: Secrets): Promise<string> {
  return sealCookie({ sid, server: credential.server.id, key: credential.reveal() }, secrets);
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
  return parsed.success ? { ok: true, content: parsed.data } : { ok: false, reason };
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

/** Attributes of the console's cookies. The browser forgets them a minute before the seal would. */
export function cookieAttributes({ APP_ORIGIN, ...secrets }: Address & Secrets) {
  const secure = APP_ORIGIN.startsWith('https:');
  const maxAge = Math.max(seconds(secrets) - 60, 60);
  return { httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge } as const;
}
