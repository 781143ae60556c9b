import 'server-only';
import { headers } from 'next/headers';
import { safeNext } from '#lib/session/sign-in/safe-next.ts';

/** The path and query of the page that is asked for (proxy.ts notes it), safe to go back to; `/` where there is none. */
export async function requestPath(): Promise<string> {
  return safeNext((await headers()).get('x-console-path'));
}
