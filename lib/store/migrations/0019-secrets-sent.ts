import type { Migration } from './migrate.ts';

/** Texts that are shown once (a new key): when each left for its page, and when the page said that it shows it. Never the text. */
export const secretsSent: Migration = async (tx) => {
  await tx.schema
    .createTable('secrets_sent')
    .addColumn('entry_id', 'text', (column) => column.notNull())
    .addColumn('server', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('label', 'text', (column) => column.notNull())
    .addColumn('sent_at', 'bigint', (column) => column.notNull())
    .addColumn('shown_at', 'bigint')
    .addPrimaryKeyConstraint('secrets_sent_key', ['server', 'subject'])
    .execute();
};
