import type { RunningConsole } from '../scripts/console.ts';

export type Forged = { name: string; value: string; url: string };

/** A cookie and a session row as sign-in makes them, without the clicks. */
export function forgeCookie(_web: RunningConsole, _session: { key: string; server: string }): Promise<Forged> {
  throw new Error('not written yet');
}
