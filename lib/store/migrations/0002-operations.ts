import type { Migration } from './migrate.ts';

/** The journal of changes: entries, their steps, the ids they touch, and who holds what now. */
export const operations: Migration = async (tx) => {
  await tx.schema
    .createTable('operations')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('preview_id', 'text', (column) => column.notNull().unique())
    .addColumn('operation', 'text', (column) => column.notNull())
    .addColumn('server', 'text', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('fence', 'bigint', (column) => column.notNull())
    .addColumn('lease_until', 'bigint', (column) => column.notNull())
    .addColumn('stop_requested', 'bigint', (column) => column.notNull())
    .addColumn('undo_of', 'text')
    .addColumn('undone_by', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('touched_at', 'bigint', (column) => column.notNull())
    .addColumn('finished_at', 'bigint')
    .addColumn('body', 'text', (column) => column.notNull())
    .execute();
  await tx.schema.createIndex('operations_by_age').on('operations').columns(['server', 'created_at']).execute();
  await tx.schema
    .createTable('operation_steps')
    .addColumn('entry_id', 'text', (column) => column.notNull())
    .addColumn('position', 'bigint', (column) => column.notNull())
    .addColumn('step_id', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('actor', 'text')
    .addColumn('outcome', 'text')
    .addColumn('started_at', 'bigint')
    .addColumn('finished_at', 'bigint')
    .addPrimaryKeyConstraint('operation_steps_key', ['entry_id', 'position'])
    .execute();
  await tx.schema
    .createTable('operation_subjects')
    .addColumn('entry_id', 'text', (column) => column.notNull())
    .addColumn('server', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('operation_subjects_key', ['entry_id', 'subject'])
    .execute();
  await tx.schema
    .createIndex('operation_subjects_by_subject')
    .on('operation_subjects')
    .columns(['server', 'subject'])
    .execute();
  await tx.schema
    .createTable('operation_locks')
    .addColumn('server', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('entry_id', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('operation_locks_key', ['server', 'subject'])
    .execute();
};
