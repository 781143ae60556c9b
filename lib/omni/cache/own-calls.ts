import { processWide } from '#lib/process-wide.ts';
import type { OmniServer } from '#lib/omni/door/credential.ts';

/**
 * A call this process sent with a key. Times in milliseconds, by this machine's clock: right before it was sent, and when its answer
 * or failure came. `sid`, `who`: the session it was sent for and its name; null for the console's own checks.
 */
export type OwnCall = { method: string; path: string; from: number; until: number; sid: string | null; who: string };

const MOST_CALLS = 300;
const MOST_KEYS = 100;

const calls = () => processWide('own-calls', () => new Map<string, OwnCall[]>());
const nameOf = (server: Pick<OmniServer, 'url'>, keyRef: string) => `${server.url}\n${keyRef}`;

/** Remembers a call that was sent: the newest 300 of each of the 100 keys used last. */
export function noteOwnCall(server: Pick<OmniServer, 'url'>, keyRef: string, call: OwnCall): void {
  const all = calls();
  const name = nameOf(server, keyRef);
  const known = all.get(name) ?? [];
  known.push(call);
  if (known.length > MOST_CALLS) known.shift();
  all.delete(name);
  all.set(name, known);
  const [oldest] = all.keys();
  if (all.size > MOST_KEYS && oldest !== undefined) all.delete(oldest);
}

/** The calls this process is known to have sent with a key, the oldest first; `keyRef` as the key's handle has it. */
export function ownCallsOf(server: Pick<OmniServer, 'url'>, keyRef: string): readonly OwnCall[] {
  return calls().get(nameOf(server, keyRef)) ?? [];
}
