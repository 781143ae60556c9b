import type { Migration } from './migrate.ts';

/** Pairs of people whom somebody decided not to be one, with a keyed hash of what spoke for it. */
export const personDecisions: Migration = async (tx) => {
  await tx.schema
    .createTable('person_decisions')
    .addColumn('server', 'text', (column) => column.notNull())
    .addColumn('one', 'text', (column) => column.notNull())
    .addColumn('other', 'text', (column) => column.notNull())
    .addColumn('evidence', 'text', (column) => column.notNull())
    .addColumn('who', 'text', (column) => column.notNull())
    .addColumn('decided_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('person_decisions_key', ['server', 'one', 'other'])
    .execute();
  await tx.schema
    .createIndex('person_decisions_by_other')
    .on('person_decisions')
    .columns(['server', 'other'])
    .execute();
};
