import type { Migration } from './migrate.ts';

/** Who is signed in. */
export const sessions: Migration = async (tx) => {
  await tx.schema
    .createTable('sessions')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('server', 'text', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('actor_key_id', 'text')
    .addColumn('key_name', 'text', (column) => column.notNull())
    .addColumn('your_name', 'text')
    .addColumn('scopes', 'text')
    .addColumn('instances', 'text', (column) => column.notNull())
    .addColumn('capabilities', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('last_seen_at', 'bigint', (column) => column.notNull())
    .addColumn('last_proof_at', 'bigint', (column) => column.notNull())
    .addColumn('ended_at', 'bigint')
    .addColumn('end_reason', 'text')
    .execute();
  await tx.schema.createIndex('sessions_by_actor').on('sessions').columns(['actor', 'created_at']).execute();
  await tx.schema.createIndex('sessions_by_age').on('sessions').column('created_at').execute();
};
