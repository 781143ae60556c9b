import type { Migration } from './migrate.ts';

/** Until when an unanswered write of an entry may still happen: its subjects stay locked that long, whoever watches for it. */
export const openUntil: Migration = async (tx) => {
  await tx.schema.alterTable('operations').addColumn('open_until', 'bigint').execute();
};
