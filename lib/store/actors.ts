import 'server-only';
import type { Store } from './database.ts';
import { storeSealer } from './seal.ts';

/** A key whose keys before it were replaced more often than this is given the newest of them. */
const MOST = 50;

/**
 * Who a key stands for in the store, by its SHA-256 in lower case hex: its server and a keyed hash, so that the store shows no
 * key. The newest name first; the others are those it has under older `STORE_KEYS`.
 */
export function actorNames(server: string, hash: string, sealer = storeSealer()): [string, ...string[]] {
  const [newest, ...older] = sealer.hashes('actor', `${server}/${hash}`);
  return [`${server}/${newest}`, ...older.map((one) => `${server}/${one}`)];
}

/**
 * Records that one key of a server replaced another: whoever signs in with it from now on sees what was done with the one before.
 * Both are SHA-256 in hex, as Omni has them.
 */
export async function noteSuccession(
  db: Store,
  server: string,
  { fresh, old }: { fresh: string; old: string },
  sealer = storeSealer(),
): Promise<void> {
  const actors = actorNames(server, fresh, sealer);
  const rows = actorNames(server, old, sealer).flatMap((former) => actors.map((actor) => ({ actor, former })));
  await db
    .insertInto('actor_successions')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Whom a key, under any of its names, came after: the key before, the one before that, at most 50. */
export async function formersOf(db: Store, actors: readonly string[]): Promise<string[]> {
  const seen = new Set<string>();
  for (let asked = [...actors]; asked.length > 0 && seen.size < MOST;) {
    const rows = await db
      .selectFrom('actor_successions')
      .select('former')
      .where('actor', 'in', asked)
      .limit(MOST)
      .execute();
    asked = [...new Set(rows.map(({ former }) => former))].filter((one) => !seen.has(one) && !actors.includes(one));
    for (const one of asked) seen.add(one);
  }
  return [...seen].slice(0, MOST);
}
