import 'server-only';
import { sql, type Kysely, type Transaction } from 'kysely';
import { StoreError } from '#lib/store/store-error.ts';
import type { Tables } from '#lib/store/tables.ts';

/** One change of the schema; it runs in the same transaction as all the others that are due. */
export type Migration = (tx: Transaction<Tables>) => Promise<void>;

/** Any number, but always the same one: replicas that start together wait for each other. */
const LOCK = 7_303_014_001;

/** The migration that made stores say who may read them. */
const READERS = '0022-oldest-readers';

/**
 * Brings a store up to date, all or nothing. Several processes may start at once: one does the work, the others wait for it.
 * `contracts`: the migrations that take something away, with the oldest migration a console must know to work afterwards. Throws
 * `StoreError` `newer_version` when the store was brought further than this console can read (`isReadable`).
 */
export async function migrate(
  db: Kysely<Tables>,
  engine: 'sqlite' | 'postgres',
  migrations: Readonly<Record<string, Migration>>,
  now: number,
  contracts: Readonly<Record<string, string>> = {},
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    if (engine === 'postgres') {
      await sql`set local lock_timeout = '60s'`.execute(tx);
      await sql`set local statement_timeout = '5min'`.execute(tx);
      await sql`select pg_advisory_xact_lock(${sql.lit(LOCK)})`.execute(tx);
    }
    await tx.schema
      .createTable('store_migrations')
      .ifNotExists()
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('applied_at', 'bigint', (column) => column.notNull())
      .execute();
    const applied = await appliedTo(tx);
    if (!(await isReadable(tx, applied, migrations))) throw new StoreError('newer_version');
    for (const [name, change] of Object.entries(migrations).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      if (applied.has(name)) continue;
      await change(tx);
      await tx.insertInto('store_migrations').values({ name, applied_at: now }).execute();
      const oldest = contracts[name];
      if (oldest !== undefined)
        await tx.insertInto('oldest_readers').values({ migration: name, oldest_reader: oldest }).execute();
    }
  });
}

/** The names of the migrations a store has. */
export async function appliedTo(db: Kysely<Tables>): Promise<ReadonlySet<string>> {
  return new Set((await db.selectFrom('store_migrations').select('name').execute()).map(({ name }) => name));
}

/**
 * Whether a console with these migrations can work with a store that may have been brought further: every migration it doesn't know
 * only added something, or what was taken away it had stopped using (`oldest_readers`). A store of before `0022` tells nothing.
 */
export async function isReadable(
  db: Kysely<Tables>,
  applied: ReadonlySet<string>,
  migrations: Readonly<Record<string, Migration>>,
): Promise<boolean> {
  if ([...applied].every((name) => migrations[name])) return true;
  if (!applied.has(READERS)) return false;
  const newest = Object.keys(migrations).toSorted().at(-1) ?? '';
  const readers = await db.selectFrom('oldest_readers').select('oldest_reader').execute();
  return newest >= READERS && readers.every(({ oldest_reader: oldest }) => oldest <= newest);
}
