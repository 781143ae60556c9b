import type { Migration } from './migrate.ts';

/** Whether a copy of an audit log was downloaded, and since when it is all there is, its key being deleted. */
export const copiesTaken: Migration = async (tx) => {
  await tx.schema.alterTable('audit_exports').addColumn('taken_at', 'bigint').execute();
  await tx.schema.alterTable('audit_exports').addColumn('only_copy_since', 'bigint').execute();
};
