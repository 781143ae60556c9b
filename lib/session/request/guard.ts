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
import { onlyOf, signedInServers } from './cookie-session.ts';
import { requestPath } from './request-path.ts';
import type { Session } from '#lib/session/session.ts';
import { clientAddress } from './trusted-proxies.ts';

export type { Signed, SignedOut };

/** The browser's address for Omni's audit; undefined where no trusted proxy reports one. */
export async function clientIp(): Promise<string | undefined> {
  return clientAddress((await headers()).get('x-forwarded-for'), env().TRUSTED_PROXIES);
}

const resolved = cache(async (poll: boolean): Promise<Signed | SignedOut> => {
  const [cookies, ip] = await Promise.all([requestCookies(), clientIp()]);
  return resolveSession({ cookies, clientIp: ip, poll });
});

/** The session of this request, read once. `poll`: the request does not keep the session alive. Never redirects. */
export function readSession({ poll = false }: { poll?: boolean } = {}): Promise<Signed | SignedOut> {
  return resolved(poll);
}

/**
 * The session of a script's request for data; none when its page was made for another session than the browser has now.
 * `change`: the page must carry its mark. Never redirects.
 */
export async function readPageSession({
  poll = false,
  change = false,
}: { poll?: boolean; change?: boolean } = {}): Promise<Signed | { reason: SignedOut['reason'] | 'other_session' }> {
  const current = await readSession({ poll });
  if (!('session' in current)) return current;
  const page = await pageOwner(current);
  return page === 'own' || (page === 'none' && !change) ? current : { reason: 'other_session' };
}

/** Whether the requesting page belongs to this session (`own`), to another one, or carries no mark. */
export async function pageOwner(signed: Pick<Signed, 'credential' | 'was'>): Promise<'own' | 'other' | 'none'> {
  return pageOf((await headers()).get(PAGE_MARK), signed);
}

/** The servers this browser is signed in to now. Reading them keeps no session alive. */
export async function liveServers(): Promise<Session['server'][]> {
  const cookies = await requestCookies();
  const sessions = signedInServers(cookies).map((id) => resolveSession({ cookies: onlyOf(id, cookies), poll: true }));
  return (await Promise.all(sessions)).flatMap((one) => ('session' in one ? one.session.server : []));
}

/**
 * The session for pages and actions. Without one, the browser is redirected to the sign-in page, and from there back; so it is
 * when Omni rejects the key while the page is being read.
 */
export const requireSession = cache(async (): Promise<Signed> => {
  const current = await readSession();
  if (!('session' in current)) return redirectToSignIn(current.reason);
  const { omni } = current;
  const request = async <T>(call: OmniCall<T>) => {
    const answer = await omni.request(call);
    if (answer.ok || answer.error.kind !== 'unauthorized') return answer;
    return (await hasKeyDied(store, current.session.sid)) ? redirectToSignIn('key_dead') : answer;
  };
  return { ...current, omni: Object.freeze({ ...omni, request }) };
});

/**
 * The same for a page that needs certain scopes: a key that certainly lacks one gets 403 before Omni or the store is read.
 */
export async function requirePage(page: ScopedPage): Promise<Signed> {
  const signed = await requireSession();
  if (missingScope(page, signed.session.scopes)) forbidden();
  return signed;
}

/** How long `requireLiveKey` waits for Omni to validate the key; milliseconds. */
const ALIVE_WITHIN = 1_500;

/**
 * The same for pages that show only the console's own data: they validate the key at Omni, so that a dead key reads nothing. An
 * Omni that does not answer refuses nobody, since an interrupted change must be found then too.
 */
export const requireLiveKey = cache(async (): Promise<Signed> => {
  const signed = await requireSession();
  await validateKey(signed.omni, ALIVE_WITHIN);
  return signed;
});

async function redirectToSignIn(reason: SignedOut['reason']): Promise<never> {
  const next = await requestPath();
  const query = new URLSearchParams();
  if (reason !== 'none') query.set('reason', reason);
  if (next !== '/' || reason !== 'none') query.set('next', next);
  return redirect((query.size > 0 ? `/login?${query}` : '/login') as Route);
}
