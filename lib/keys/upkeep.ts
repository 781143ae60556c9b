import 'server-only';
import { env } from '#lib/env.ts';
import { log } from '#lib/log.ts';
import type { Store } from '#lib/store/database.ts';
import { storeErrorOf } from '#lib/store/store-error.ts';
import { purgeExports } from './audit-exports.ts';
import { purgeRotations } from './rotations.ts';

const DAY_MS = 86_400_000;
const EVERY_MS = 3_600_000;

/** Now and every hour: copies older than a week go, and rotations that ended as long ago as journal entries are kept. */
export function keepKeysTidy(open: () => Promise<Store>): void {
  const once = async (): Promise<void> => {
    try {
      const db = await open();
      const now = Date.now();
      const copies = await purgeExports(db, now);
      const rotations = await purgeRotations(db, now - env().JOURNAL_DAYS * DAY_MS);
      if (copies + rotations > 0) log('info', 'keys.upkeep', { copies, rotations });
    } catch (error) {
      log('error', 'keys.upkeep_failed', { kind: storeErrorOf(error)?.kind ?? 'unexpected' });
    }
  };
  void once();
  setInterval(() => void once(), EVERY_MS).unref();
}
