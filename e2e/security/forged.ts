import { PAGE_MARK } from '#lib/session/request/page-mark.ts';
import type { RunningConsole } from '../../scripts/servers/console.ts';

/** Cookies as a browser sends them. */
export const header = (cookies: readonly { name: string; value: string }[]) =>
  cookies.map(({ name, value }) => `${name}=${value}`).join('; ');

/** A page of a key's, as it says with every request whose it is. */
export async function pageOf(web: RunningConsole, key: string) {
  const { markOf } = await import('../fixtures/forge.ts');
  return { origin: web.origin, [PAGE_MARK]: markOf(web, { key, server: 'Demo' }) };
}

/** The cookies of a session of a key's, without a sign-in. */
export async function forged(
  web: RunningConsole,
  key: string,
  more: { env?: Record<string, string>; now?: number } = {},
) {
  const { forgeCookies } = await import('../fixtures/forge.ts');
  return forgeCookies(web, { key, server: 'Demo', ...more });
}
