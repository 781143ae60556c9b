import type { Migration } from './migrate.ts';

/** One-time codes that prove somebody sees this machine's terminal. */
export const recovery: Migration = async (tx) => {
  await tx.schema
    .createTable('recovery_codes')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('server', 'text', (column) => column.notNull())
    .addColumn('tries', 'bigint', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('used_at', 'bigint')
    .execute();
  await tx.schema.createIndex('recovery_codes_by_age').on('recovery_codes').column('at').execute();
};
