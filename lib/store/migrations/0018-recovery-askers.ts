import type { Migration } from './migrate.ts';

/** Who asked for a recovery code, as a keyed hash: codes are counted by asker. */
export const recoveryAskers: Migration = async (tx) => {
  await tx.schema.alterTable('recovery_codes').addColumn('asker', 'text').execute();
};
