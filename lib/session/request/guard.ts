import 'server-only';
import type { Route } from 'next';
import { headers } from 'next/headers';
import { forbidden, redirect } from 'next/navigation';
import { cache } from 'react';
import { env } from '#lib/env.ts';
import { validateKey } from '#lib/omni/resources/auth.ts';
import type { OmniCall } from '#lib/omni/door/omni.ts';
import { store } from '#lib/store/database.ts';
import { requestCookies } from './cookie-next.ts';
import { hasKeyDied } from './dead-key.ts';
import { PAGE_MARK } from './page-mark.ts';
import { missingScope, type ScopedPage } from '#lib/scopes/needs.ts';
import { pageOf } from './page-of.ts';
import { resolveSession, type Signed, type SignedOut } from './resolve.ts';
import { onlyOf, signedInServers } from './presented.ts';
import { requestPath } from './request-path.ts';
import type { Session } from '#lib/session/session.ts';
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

/**
 * Who asks by the script of a page, for data: nobody when the page was made for another session than the browser has now.
 * `change`: the page must say whose it is. Never redirects.
 */
export async function readPageSession({
  poll = false,
  change = false,
}: { poll?: boolean; change?: boolean } = {}): Promise<Signed | { reason: SignedOut['reason'] | 'other_session' }> {
  const current = await readSession({ poll });
  if (!('session' in current)) return current;
  const page = await asksFor(current);
  return page === 'own' || (page === 'none' && !change) ? current : { reason: 'other_session' };
}

/** Whose page asks what this key would answer. */
export async function asksFor(signed: Pick<Signed, 'credential' | 'was'>): Promise<'own' | 'other' | 'none'> {
  return pageOf((await headers()).get(PAGE_MARK), signed);
}

/** The servers this browser is signed in to now. Looking does not keep a session alive. */
export async function liveServers(): Promise<Session['server'][]> {
  const cookies = await requestCookies();
  const asked = signedInServers(cookies).map((id) => resolveSession({ cookies: onlyOf(id, cookies), poll: true }));
  return (await Promise.all(asked)).flatMap((one) => ('session' in one ? one.session.server : []));
}

/**
 * Who asks, for pages and actions: whoever is not signed in goes to the sign-in page, and from there back. So does a page
 * in the middle of which Omni stops taking the key.
 */
export const requireSession = cache(async (): Promise<Signed> => {
  const current = await readSession();
  if (!('session' in current)) return leave(current.reason);
  const { omni } = current;
  const request = async <T>(call: OmniCall<T>) => {
    const answer = await omni.request(call);
    if (answer.ok || answer.error.kind !== 'unauthorized') return answer;
    return (await hasKeyDied(store, current.session.sid)) ? leave('key_dead') : answer;
  };
  return { ...current, omni: Object.freeze({ ...omni, request }) };
});

/**
 * The same for a page of no use without certain rights: whoever certainly lacks one is told so with 403, before Omni or the
 * store is asked anything.
 */
export async function requirePage(page: ScopedPage): Promise<Signed> {
  const signed = await requireSession();
  if (missingScope(page, signed.session.scopes)) forbidden();
  return signed;
}

/** How long a page of the console's own waits for Omni's word on the key, in milliseconds. */
const ALIVE_WITHIN = 1_500;

/**
 * The same, for pages that show what the console itself keeps and ask Omni nothing: a key that has died reads none of it. An
 * Omni that does not answer keeps nobody away, since what was interrupted must be found then, too.
 */
export const requireLiveKey = cache(async (): Promise<Signed> => {
  const signed = await requireSession();
  await validateKey(signed.omni, ALIVE_WITHIN);
  return signed;
});

async function leave(reason: SignedOut['reason']): Promise<never> {
  const next = await requestPath();
  const query = new URLSearchParams();
  if (reason !== 'none') query.set('reason', reason);
  if (next !== '/' || reason !== 'none') query.set('next', next);
  return redirect((query.size > 0 ? `/login?${query}` : '/login') as Route);
}
