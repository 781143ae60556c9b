import type { Migration } from './migrate.ts';

/** What a saved test said after the last change that it was run for; no `result`: it is being run since `result_at`. */
export const savedTestResults: Migration = async (tx) => {
  for (const name of ['result', 'result_of'] as const)
    await tx.schema.alterTable('route_probes').addColumn(name, 'text').execute();
  await tx.schema.alterTable('route_probes').addColumn('result_at', 'bigint').execute();
};
