import type { Migration } from './migrate.ts';

/** What a server's operations did last, asked for on every page with routes. */
export const operationsTouched: Migration = async (tx) => {
  await tx.schema.createIndex('operations_by_touch').on('operations').columns(['server', 'touched_at']).execute();
};
