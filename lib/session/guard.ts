import 'server-only';
import type { Route } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { env } from '#lib/env.ts';
import { requestCookies } from './cookie-next.ts';
import { resolveSession, type Signed, type SignedOut } from './resolve.ts';
import { safeNext } from './safe-next.ts';
import { clientAddress } from './trusted-proxies.ts';

export type { Signed, SignedOut };

/** The browser's address, for Omni's audit; undefined where there is none to believe. */
export async function clientIp(): Promise<string | undefined> {
  return clientAddress((await headers()).get('x-forwarded-for'), env().TRUSTED_PROXIES);
}

const resolved = cache(async (poll: boolean): Promise<Signed | SignedOut> => {
  const [cookies, ip] = await Promise.all([requestCookies(), clientIp()]);
  return resolveSession({ cookies, clientIp: ip, poll });
});

/** Who asks, once per request. `poll`: this request is no sign of somebody being there. Never redirects. */
export function readSession({ poll = false }: { poll?: boolean } = {}): Promise<Signed | SignedOut> {
  return resolved(poll);
}

/** Who asks, for pages and actions: whoever is not signed in goes to the sign-in page, and from there back. */
export async function requireSession(): Promise<Signed> {
  const current = await readSession();
  if ('session' in current) return current;
  const next = safeNext((await headers()).get('x-console-path'));
  const query = new URLSearchParams();
  if (current.reason !== 'none') query.set('reason', current.reason);
  if (next !== '/') query.set('next', next);
  return redirect((query.size > 0 ? `/login?${query}` : '/login') as Route);
}
