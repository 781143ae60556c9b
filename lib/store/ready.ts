import 'server-only';
import { processWide } from '#lib/process-wide.ts';
import { log } from '#lib/log.ts';
import { storeNow } from './clock.ts';
import { MIGRATIONS } from './migrations/all.ts';
import { appliedTo, isReadable } from './migrations/migrate.ts';
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
 * Whether the store answers within `patience` milliseconds, is the file that was opened, and has a schema this console can work with.
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
    const applied = await appliedTo(db);
    if (!(await isReadable(db, applied, MIGRATIONS))) return { ready: false, why: 'newer_version' };
    if (!Object.keys(MIGRATIONS).every((name) => applied.has(name))) return { ready: false, why: 'behind' };
    const skew = await clockSkew(db, clock);
    if (skew === undefined) return { ready: true };
    warnOnce(skew);
    return { ready: true, clockSkewMs: skew };
  } catch (error) {
    return { ready: false, why: storeErrorOf(error)?.kind ?? 'unexpected' };
  }
}

/** The skew, where it is certainly more than two seconds. */
async function clockSkew(db: Store, clock: () => number): Promise<number | undefined> {
  const measured = await clockAhead(db, clock);
  return measured && Math.abs(measured.ahead) - measured.unsure > MOST_SKEW_MS ? measured.ahead : undefined;
}

/**
 * How far this machine's clock is ahead of PostgreSQL's, give or take `unsure`: the store told its time between two looks. Both in
 * milliseconds; nothing where the store is a file, whose clock is this machine's.
 */
export async function clockAhead(
  db: Store,
  clock: () => number,
): Promise<{ ahead: number; unsure: number } | undefined> {
  if (storeFileOf(db)) return undefined;
  const before = clock();
  const there = await storeNow(db);
  const after = clock();
  return { ahead: Math.round((before + after) / 2 - there), unsure: (after - before) / 2 };
}

/** Readiness is asked every few seconds; the log says it once. */
const warned = () => processWide('clock-skew-warned', () => ({ once: false }));

function warnOnce(skewMs: number): void {
  if (warned().once) return;
  warned().once = true;
  log('warn', 'store.clock_skew', { skewMs });
}
