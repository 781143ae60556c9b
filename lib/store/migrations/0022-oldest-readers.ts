import type { Migration } from './migrate.ts';

/** Which consoles can still work with this store, by the migration that took something away. */
export const oldestReaders: Migration = async (tx) => {
  await tx.schema
    .createTable('oldest_readers')
    .addColumn('migration', 'text', (column) => column.primaryKey())
    .addColumn('oldest_reader', 'text', (column) => column.notNull())
    .execute();
};
