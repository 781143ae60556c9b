import type { Migration } from './migrate.ts';

/** Which key took the place of which, so that Activity goes on after a rotation. */
export const actorSuccessions: Migration = async (tx) => {
  await tx.schema
    .createTable('actor_successions')
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('former', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('actor_successions_key', ['actor', 'former'])
    .execute();
  await tx.schema.alterTable('sessions').addColumn('formers', 'text').execute();
};
