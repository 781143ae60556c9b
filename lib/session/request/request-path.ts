import 'server-only';
import { headers } from 'next/headers';
import { safeNext } from '#lib/session/sign-in/safe-next.ts';

/** The path and query of the requested page (set by proxy.ts), safe to return to; `/` where there is none. */
export async function requestPath(): Promise<string> {
  return safeNext((await headers()).get('x-console-path'));
}
