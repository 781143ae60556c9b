import 'server-only';
import { sql, type Kysely, type Transaction } from 'kysely';
import { StoreError } from '#lib/store/store-error.ts';
import type { Tables } from '#lib/store/tables.ts';

/** One change of the schema; it runs in the same transaction as all the others that are due. */
export type Migration = (tx: Transaction<Tables>) => Promise<void>;

/** Any number, but always the same one: replicas that start together wait for each other. */
const LOCK = 7_303_014_001;

/**
 * Brings a store up to date, all or nothing. Several processes may start at once: one does the work, the others wait for it.
 * Throws `StoreError` `newer_version` when the store knows a migration that this console does not.
 */
export async function migrate(
  db: Kysely<Tables>,
  engine: 'sqlite' | 'postgres',
  migrations: Readonly<Record<string, Migration>>,
  now: number,
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
    const applied = new Set((await tx.selectFrom('store_migrations').select('name').execute()).map(({ name }) => name));
    if ([...applied].some((name) => !migrations[name])) throw new StoreError('newer_version');
    for (const [name, change] of Object.entries(migrations).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      if (applied.has(name)) continue;
      await change(tx);
      await tx.insertInto('store_migrations').values({ name, applied_at: now }).execute();
    }
  });
}
