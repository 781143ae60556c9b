import 'server-only';
import { headers } from 'next/headers';
import { env } from '#lib/env.ts';

/**
 * Whether a write comes from our own pages: `Origin` must be there and be `APP_ORIGIN` (Next lets a missing one pass), and
 * `Sec-Fetch-Site`, where a browser sends it, must be `same-origin`.
 */
export async function fromOurOrigin(): Promise<boolean> {
  const head = await headers();
  const site = head.get('sec-fetch-site');
  return head.get('origin') === env().APP_ORIGIN && (site === null || site === 'same-origin');
}
