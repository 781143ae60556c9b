import 'server-only';
import type { Credential } from '#lib/omni/door/credential.ts';
import { actorsOf } from '#lib/session/actor.ts';
import { readCookieSession, type RequestCookies } from './cookie-session.ts';

/**
 * Whether the requesting page was made for this key: `own`, `other`, or `none` for a request without a mark (`page-mark.ts`).
 * A page of another session of the same key is `own`, and so is a page from before the session moved to this key.
 */
export function pageOf(
  mark: string | null,
  { credential, was }: { credential: Credential; was?: string | undefined },
): 'own' | 'other' | 'none' {
  if (mark === null) return 'none';
  return mark === was || actorsOf(credential).includes(mark) ? 'own' : 'other';
}

/** Whether a request's page was made for another session than its cookies claim now. The store is not read. */
export async function isOtherPage(mark: string | null, cookies: RequestCookies): Promise<boolean> {
  if (mark === null) return false;
  const claimed = await readCookieSession(cookies);
  return claimed.ok && pageOf(mark, claimed) === 'other';
}
