import type { Migration } from './migrate.ts';

/** How often each snapshot of a server was made old, so that replicas show what another one wrote. */
export const omniWrites: Migration = async (tx) => {
  await tx.schema
    .createTable('omni_writes')
    .addColumn('server', 'text', (column) => column.notNull())
    .addColumn('snapshot', 'text', (column) => column.notNull())
    .addColumn('number', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('omni_writes_key', ['server', 'snapshot'])
    .execute();
};
