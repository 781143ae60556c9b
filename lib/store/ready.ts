import 'server-only';
import { MIGRATIONS } from './migrations/all.ts';
import type { Store } from './database.ts';
import { storeErrorOf, type StoreErrorKind } from './store-error.ts';

/** `behind`: the store's schema is older than this console's. */
export type Readiness = { ready: true } | { ready: false; why: StoreErrorKind | 'behind' | 'unexpected' };

const PATIENCE_MS = 3000;

/** Whether the store answers within `patience` milliseconds and has exactly this console's schema. Never throws. */
export async function storeReadiness(open: () => Promise<Store>, patience = PATIENCE_MS): Promise<Readiness> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Readiness>((resolve) => {
    timer = setTimeout(() => resolve({ ready: false, why: 'unreachable' }), patience);
  });
  try {
    return await Promise.race([readStore(open), late]);
  } finally {
    clearTimeout(timer);
  }
}

async function readStore(open: () => Promise<Store>): Promise<Readiness> {
  try {
    const rows = await (await open()).selectFrom('store_migrations').select('name').execute();
    const applied = new Set(rows.map(({ name }) => name));
    if ([...applied].some((name) => !MIGRATIONS[name])) return { ready: false, why: 'newer_version' };
    return Object.keys(MIGRATIONS).every((name) => applied.has(name))
      ? { ready: true }
      : { ready: false, why: 'behind' };
  } catch (error) {
    return { ready: false, why: storeErrorOf(error)?.kind ?? 'unexpected' };
  }
}
