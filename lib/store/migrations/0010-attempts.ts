import type { Migration } from './migrate.ts';

/** Who tried keys lately, so that guessing is slow; and which browser a session is in. */
export const attempts: Migration = async (tx) => {
  await tx.schema
    .createTable('attempts')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('server', 'text', (column) => column.notNull())
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute();
  await tx.schema.createIndex('attempts_by_source').on('attempts').columns(['kind', 'source', 'at']).execute();
  await tx.schema.createIndex('attempts_by_server').on('attempts').columns(['kind', 'server', 'at']).execute();
  await tx.schema.alterTable('sessions').addColumn('browser', 'text').execute();
};
