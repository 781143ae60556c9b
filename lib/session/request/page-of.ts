import 'server-only';
import type { Credential } from '#lib/omni/door/credential.ts';
import { actorsOf } from '#lib/session/actor.ts';
import { presentedSession, type Cookies } from './presented.ts';

/**
 * Whether the page that asks was made for the key that would answer. `none`: no page asks, or one that did not say
 * (`page-mark.ts`). Another session of the same key at the same server is no other page, nor is one from before the session
 * moved to this key.
 */
export function pageOf(
  mark: string | null,
  { credential, was }: { credential: Credential; was?: string | undefined },
): 'own' | 'other' | 'none' {
  if (mark === null) return 'none';
  return mark === was || actorsOf(credential).includes(mark) ? 'own' : 'other';
}

/** Whether a page asks that was made for another session than the one its cookies claim now. The store is not asked. */
export async function isOtherPage(mark: string | null, cookies: Cookies): Promise<boolean> {
  if (mark === null) return false;
  const presented = await presentedSession(cookies);
  return presented.ok && pageOf(mark, presented) === 'other';
}
