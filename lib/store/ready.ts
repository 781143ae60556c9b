import 'server-only';
import { processWide } from '#lib/process-wide.ts';
import { log } from '#lib/log.ts';
import { storeNow } from './clock.ts';
import { MIGRATIONS } from './migrations/all.ts';
import type { Store } from './database.ts';
import { storeErrorOf, type StoreErrorKind } from './store-error.ts';
import { storeFileOf } from './store-file.ts';

/**
 * `behind`: the store's schema is older than this console's. `clockSkewMs`: how far this machine's clock is ahead of the store's,
 * where it is more than two seconds; a warning only, since nothing that decides compares the two.
 */
export type Readiness =
  | { ready: true; clockSkewMs?: number }
  | { ready: false; why: StoreErrorKind | 'behind' | 'unexpected' };

const PATIENCE_MS = 3000;
const MOST_SKEW_MS = 2000;

/**
 * Whether the store answers within `patience` milliseconds, is the file that was opened, and has exactly this console's schema.
 * Never throws. `clock` is this machine's, in milliseconds since 1970.
 */
export async function storeReadiness(
  open: () => Promise<Store>,
  patience = PATIENCE_MS,
  clock: () => number = Date.now,
): Promise<Readiness> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Readiness>((resolve) => {
    timer = setTimeout(() => resolve({ ready: false, why: 'unreachable' }), patience);
  });
  try {
    return await Promise.race([readStore(open, clock), late]);
  } finally {
    clearTimeout(timer);
  }
}

async function readStore(open: () => Promise<Store>, clock: () => number): Promise<Readiness> {
  try {
    const db = await open();
    storeFileOf(db)?.require();
    const rows = await db.selectFrom('store_migrations').select('name').execute();
    const applied = new Set(rows.map(({ name }) => name));
    if ([...applied].some((name) => !MIGRATIONS[name])) return { ready: false, why: 'newer_version' };
    if (!Object.keys(MIGRATIONS).every((name) => applied.has(name))) return { ready: false, why: 'behind' };
    const skew = await clockSkew(db, clock);
    if (skew === undefined) return { ready: true };
    warnOnce(skew);
    return { ready: true, clockSkewMs: skew };
  } catch (error) {
    return { ready: false, why: storeErrorOf(error)?.kind ?? 'unexpected' };
  }
}

/** How far this machine's clock is ahead, where that is certainly more than two seconds: the store told its time between two looks. */
async function clockSkew(db: Store, clock: () => number): Promise<number | undefined> {
  if (storeFileOf(db)) return undefined;
  const before = clock();
  const there = await storeNow(db);
  const after = clock();
  const skew = Math.round((before + after) / 2 - there);
  return Math.abs(skew) - (after - before) / 2 > MOST_SKEW_MS ? skew : undefined;
}

/** Readiness is asked every few seconds; the log says it once. */
const warned = () => processWide('clock-skew-warned', () => ({ once: false }));

function warnOnce(skewMs: number): void {
  if (warned().once) return;
  warned().once = true;
  log('warn', 'store.clock_skew', { skewMs });
}
