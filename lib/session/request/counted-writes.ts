import 'server-only';
import { env } from '#lib/env.ts';
import { isWrite, type Omni, type OmniCall } from '#lib/omni/door/omni.ts';
import { madeOldBy } from '#lib/omni/cache/snapshot-cache.ts';
import type { Store } from '#lib/store/database.ts';
import { unlessStoreFails } from './dead-key.ts';

/** The name under which writes are counted that make every snapshot old. */
const ANY = '';

/** The same handle; where several consoles share a store, one that counts its writes there and reads the others' counts. */
export function shareWrites(omni: Omni, db: Store): Omni {
  return env().DATABASE_URL ? countWrites(omni, db) : omni;
}

/**
 * The same handle, which counts its writes in the store before it answers, and reads the counts of all consoles. Counts instead
 * of times make snapshots independent of the machines' clocks. With a failing store a snapshot may be 15 s old.
 */
export function countWrites(omni: Omni, db: Store): Omni {
  const server = omni.server.url;
  let counted: Promise<ReadonlyMap<string, number> | undefined> | undefined;
  return Object.freeze({
    ...omni,
    request: async <T>(call: OmniCall<T>) => {
      const answer = await omni.request(call);
      if (!isWrite(call)) return answer;
      await unlessStoreFails(countOne(db, server, madeOldBy(call.path) ?? ANY));
      counted = undefined;
      return answer;
    },
    writes: async (snapshot: string) => {
      const counts = await (counted ??= unlessStoreFails(readCounts(db, server)));
      return (counts?.get(ANY) ?? 0) + (counts?.get(snapshot) ?? 0);
    },
  });
}

async function countOne(db: Store, server: string, snapshot: string): Promise<void> {
  await db
    .insertInto('omni_writes')
    .values({ server, snapshot, number: 1 })
    .onConflict((conflict) =>
      conflict.columns(['server', 'snapshot']).doUpdateSet({ number: (eb) => eb('omni_writes.number', '+', 1) }),
    )
    .execute();
}

async function readCounts(db: Store, server: string): Promise<ReadonlyMap<string, number>> {
  const rows = await db.selectFrom('omni_writes').select(['snapshot', 'number']).where('server', '=', server).execute();
  return new Map(rows.map(({ snapshot, number }) => [snapshot, number]));
}
