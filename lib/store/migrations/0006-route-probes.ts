import type { Migration } from './migrate.ts';

/** Who is expected to answer where: questions to routing that are kept and asked again after changes. */
export const routeProbes: Migration = async (tx) => {
  await tx.schema
    .createTable('route_probes')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('server', 'text', (column) => column.notNull())
    .addColumn('instance_id', 'text', (column) => column.notNull())
    .addColumn('chat_id', 'text')
    .addColumn('person_id', 'text')
    .addColumn('agent_id', 'text')
    .addColumn('title', 'text')
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  await tx.schema
    .createIndex('route_probes_by_instance')
    .on('route_probes')
    .columns(['server', 'instance_id', 'created_at'])
    .execute();
};
