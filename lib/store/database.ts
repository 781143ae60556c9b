import 'server-only';
import { Kysely } from 'kysely';
import { processWide } from '#lib/process-wide.ts';
import { env } from '#lib/env.ts';
import { measure } from '#lib/measure.ts';
import { CONTRACTS, MIGRATIONS } from './migrations/all.ts';
import { migrate } from './migrations/migrate.ts';
import { postgresDialect } from './postgres-dialect.ts';
import { sqliteDialect } from './sqlite-dialect.ts';
import { storeErrorOf } from './store-error.ts';
import type { Tables } from './tables.ts';

/** The console's own database. A transaction's handle is a `Store` too. */
export type Store = Kysely<Tables>;

/** Where a store is: SQLite's file, or the address of a PostgreSQL database. */
export type StorePlace = { file: string } | { url: string };

/** Opens a store and brings it up to date. Throws `StoreError` for what an operator can mend. The caller closes it with `destroy()`. */
export async function openStore(place: StorePlace, migrations = MIGRATIONS, contracts = CONTRACTS): Promise<Store> {
  const inFile = 'file' in place;
  const db = new Kysely<Tables>({
    dialect: inFile ? sqliteDialect(place.file) : await postgresDialect(place.url),
    log: ({ level, queryDurationMillis: ms }) => measure({ of: 'statement', ms, ok: level === 'query' }),
  });
  try {
    await migrate(db, inFile ? 'sqlite' : 'postgres', migrations, Date.now(), contracts);
    return db;
  } catch (error) {
    await db.destroy().catch(() => {});
    throw storeErrorOf(error) ?? error;
  }
}

/** Next may load this module twice; the connection is one for the process. */
const shared = () => processWide<{ opening?: Promise<Store> | undefined }>('store', () => ({}));

/**
 * The store of this process, opened at the first call (`DATABASE_URL`, else `STORE_FILE`). Throws `StoreError`; a failed
 * opening is tried anew by the next call.
 */
export function store(): Promise<Store> {
  const open = (): Promise<Store> => {
    const { DATABASE_URL, STORE_FILE } = env();
    const opening = openStore(DATABASE_URL ? { url: DATABASE_URL } : { file: STORE_FILE });
    opening.catch(() => {
      if (shared().opening === opening) shared().opening = undefined;
    });
    return opening;
  };
  const here = shared();
  return (here.opening ??= open());
}

/** Closes the store of this process, if it is open. */
export async function closeStore(): Promise<void> {
  const { opening } = shared();
  shared().opening = undefined;
  await (await opening?.catch(() => undefined))?.destroy();
}
