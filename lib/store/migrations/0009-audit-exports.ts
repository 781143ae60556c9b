import type { Migration } from './migrate.ts';

/** Audit logs that are being copied out of Omni, page by page, and the pages. */
export const auditExports: Migration = async (tx) => {
  await tx.schema
    .createTable('audit_exports')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('server', 'text', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('key_id', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('fence', 'bigint', (column) => column.notNull())
    .addColumn('lease_until', 'bigint', (column) => column.notNull())
    .addColumn('stop_requested', 'bigint', (column) => column.notNull())
    .addColumn('position', 'text')
    .addColumn('parts', 'bigint', (column) => column.notNull())
    .addColumn('looked', 'bigint', (column) => column.notNull())
    .addColumn('kept', 'bigint', (column) => column.notNull())
    .addColumn('total', 'bigint')
    .addColumn('unsure', 'bigint', (column) => column.notNull())
    .addColumn('files', 'text')
    .addColumn('problem', 'text')
    .addColumn('waits_until', 'bigint')
    .addColumn('until', 'bigint', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('finished_at', 'bigint')
    .addColumn('body', 'text', (column) => column.notNull())
    .execute();
  await tx.schema.createIndex('audit_exports_by_key').on('audit_exports').columns(['server', 'key_id']).execute();
  await tx.schema.createIndex('audit_exports_by_age').on('audit_exports').column('created_at').execute();
  await tx.schema
    .createTable('audit_export_parts')
    .addColumn('export_id', 'text', (column) => column.notNull())
    .addColumn('number', 'bigint', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('audit_export_parts_key', ['export_id', 'number'])
    .execute();
};
