import 'server-only';
import { env } from '#lib/env.ts';
import { log } from '#lib/log.ts';
import type { Store } from '#lib/store/database.ts';
import { storeErrorOf } from '#lib/store/store-error.ts';
import { purgeExports } from '#lib/keys/requests/audit-exports.ts';
import { reconcileAbandoned } from '#lib/keys/rotate/rotation-progress.ts';
import { purgeRotations } from '#lib/keys/rotate/rotations.ts';

const DAY_MS = 86_400_000;
const EVERY_MS = 3_600_000;

/**
 * Deletes, now and every hour, copies older than a week (of deleted keys: older than journal entries are kept), and rotations
 * that were closed longer ago than journal entries are kept; closes rotations that created no key.
 */
export function keepKeysTidy(open: () => Promise<Store>): void {
  const once = async (): Promise<void> => {
    try {
      const db = await open();
      const now = Date.now();
      const journal = env().JOURNAL_DAYS * DAY_MS;
      const copies = await purgeExports(db, now, journal);
      const abandoned = await reconcileAbandoned(db);
      const rotations = await purgeRotations(db, now - journal);
      if (copies + rotations + abandoned > 0) log('info', 'keys.upkeep', { copies, rotations, abandoned });
    } catch (error) {
      log('error', 'keys.upkeep_failed', { kind: storeErrorOf(error)?.kind ?? 'unexpected' });
    }
  };
  void once();
  setInterval(() => void once(), EVERY_MS).unref();
}
