import type { Migration } from './migrate.ts';

/** What spoke for a pair by name, phone and email alone: the queue of duplicates knows no handles. */
export const decisionsByFields: Migration = async (tx) => {
  await tx.schema.alterTable('person_decisions').addColumn('fields', 'text').execute();
};
