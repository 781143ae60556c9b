import 'server-only';
import { sql } from 'kysely';
import type { Migration } from './migrate.ts';

/** Keys that are being replaced by new ones: which by which, and what somebody said about it. Never a key itself. */
export const rotations: Migration = async (tx) => {
  await tx.schema
    .createTable('rotations')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('server', 'text', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('who', 'text', (column) => column.notNull())
    .addColumn('key_name', 'text', (column) => column.notNull())
    .addColumn('old_key_id', 'text', (column) => column.notNull())
    .addColumn('old_prefix', 'text', (column) => column.notNull())
    .addColumn('old_expires_at', 'bigint')
    .addColumn('new_key_id', 'text')
    .addColumn('new_prefix', 'text')
    .addColumn('overlap', 'text', (column) => column.notNull())
    .addColumn('silent_minutes', 'bigint', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('acknowledged_at', 'bigint')
    .addColumn('closed_as', 'text')
    .addColumn('closed_at', 'bigint')
    .execute();
  await tx.schema.createIndex('rotations_by_server').on('rotations').columns(['server', 'created_at']).execute();
  await tx.schema
    .createIndex('rotations_open')
    .unique()
    .on('rotations')
    .columns(['server', 'old_key_id'])
    .where(sql.ref('closed_at'), 'is', null)
    .execute();
  await tx.schema.createIndex('rotations_by_old_key').on('rotations').columns(['server', 'old_key_id']).execute();
  await tx.schema.createIndex('rotations_by_new_key').on('rotations').columns(['server', 'new_key_id']).execute();
};
