import 'server-only';
import type { OmniServer } from '#lib/omni/door/credential.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { processWide } from '#lib/process-wide.ts';
import type { Result } from '#lib/omni/result.ts';

/** `writes`: what had been written when the read began. */
type Entry = { at: number; writes: number; answer: Promise<Result<unknown, OmniError>> };

const LIFE = 15_000;
const MOST_ENTRIES = 500;

const entries = () => processWide('snapshots', () => new Map<string, Entry>());
const keyOf = ({ server, keyRef }: Omni, name: string) => `${server.url}\n${keyRef}\n${name}`;

/**
 * What a read answered at most 15 s ago and after every write the handle knows of, or the read itself; who asks meanwhile
 * shares it. For display only: a plan reads fresh. Failures aren't kept. `read` must not depend on one caller's signal.
 */
export async function snapshot<T>(
  omni: Omni,
  name: string,
  read: () => Promise<Result<T, OmniError>>,
): Promise<Result<T, OmniError>> {
  const writes = omni.writes ? await omni.writes(name) : 0;
  const all = entries();
  const key = keyOf(omni, name);
  const kept = all.get(key);
  if (kept && kept.writes >= writes && Date.now() - kept.at < LIFE) return kept.answer as Promise<Result<T, OmniError>>;
  const answer = read();
  const entry = { at: Date.now(), writes, answer };
  all.delete(key);
  all.set(key, entry);
  const [oldest] = all.keys();
  if (all.size > MOST_ENTRIES && oldest !== undefined) all.delete(oldest);
  const forget = () => {
    if (all.get(key) === entry) all.delete(key);
  };
  answer.then((result) => (result.ok ? undefined : forget()), forget);
  return answer;
}

/**
 * Forgets a server's snapshots of every key, or those of one name: what one key wrote, another one shows. A read on its
 * way isn't kept either.
 */
export function dropSnapshots(server: OmniServer, name?: string): void {
  const prefix = `${server.url}\n`;
  const all = entries();
  for (const key of all.keys()) {
    if (key.startsWith(prefix) && (name === undefined || key.endsWith(`\n${name}`))) all.delete(key);
  }
}

/** The one snapshot a write to a route makes stale; undefined for other writes, which may make any stale (a merge deletes routes). */
export function madeOldBy(path: string): string | undefined {
  const [, instanceId] = /^\/instances\/([^/]+)\/routes(?:\/|$)/.exec(path) ?? [];
  return instanceId === undefined ? undefined : `routes ${instanceId}`;
}
