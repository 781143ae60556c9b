import type { Migration } from './migrate.ts';

/** Entries are found by a phone or an e-mail (keyed hashes), and listed by who made them. */
export const operationFinds: Migration = async (tx) => {
  await tx.schema
    .createTable('operation_finds')
    .addColumn('entry_id', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('operation_finds_key', ['entry_id', 'hash'])
    .execute();
  await tx.schema.createIndex('operation_finds_by_hash').on('operation_finds').column('hash').execute();
  await tx.schema
    .createIndex('operations_by_actor')
    .on('operations')
    .columns(['server', 'actor', 'created_at'])
    .execute();
};
