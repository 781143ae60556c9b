import 'server-only';
import { env } from '#lib/env.ts';
import { log } from '#lib/log.ts';
import type { Store } from '#lib/store/database.ts';
import { resealStore } from '#lib/store/reseal.ts';
import { storeErrorOf } from '#lib/store/store-error.ts';
import { contactHash, entriesWithOldHashes } from './contacts.ts';
import { readEntry } from './journal.ts';
import { purgeEntries } from './retention.ts';

const DAY_MS = 86_400_000;
const EVERY_MS = 3_600_000;
const BATCH = 100;

export type Maintained = { purged: number; resealed: number; rehashed: number };

/** Purges entries older than `days`, and seals and hashes with the newest key what an older one sealed or hashed. `now` in milliseconds. */
export async function maintainJournal(db: Store, now: number, days: number): Promise<Maintained> {
  const purged = await purgeEntries(db, now - days * DAY_MS);
  const resealed = await resealStore(db);
  return { purged, resealed, rehashed: await rehashContacts(db) };
}

/** Runs `maintainJournal` now and every hour, as long as the process lives. A store that is away is a line of the log. */
export function startMaintenance(open: () => Promise<Store>): void {
  const once = async (): Promise<void> => {
    try {
      const did = await maintainJournal(await open(), Date.now(), env().JOURNAL_DAYS);
      if (did.purged + did.resealed + did.rehashed > 0) log('info', 'operations.maintenance', did);
    } catch (error) {
      log('error', 'operations.maintenance_failed', { kind: storeErrorOf(error)?.kind ?? 'unexpected' });
    }
  };
  void once();
  setInterval(() => void once(), EVERY_MS).unref();
}

/** Hashes with the newest key the contacts of entries that an older key hashed; an entry that can't be opened loses its hashes. */
async function rehashContacts(db: Store): Promise<number> {
  for (let total = 0; ;) {
    const ids = await entriesWithOldHashes(db, BATCH);
    if (ids.length === 0) return total;
    for (const id of ids) {
      const hashes = [...new Set(((await readEntry(db, id))?.body.contacts ?? []).map(contactHash))];
      await db.transaction().execute(async (tx) => {
        await tx.deleteFrom('operation_finds').where('entry_id', '=', id).execute();
        if (hashes.length > 0) {
          await tx
            .insertInto('operation_finds')
            .values(hashes.map((hash) => ({ entry_id: id, hash })))
            .execute();
        }
      });
    }
    total += ids.length;
  }
}
