import { peopleReader } from '#app/(console)/persons/people-reader.ts';
import { findTargets } from '#app/(console)/routes/find-targets.ts';
import { routesParams } from '#app/(console)/routes/search-params.ts';
import type { CsvCell, CsvLine } from '#lib/actions/csv-file.ts';
import { csvRoute } from '#lib/actions/csv-route.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import { ok } from '#lib/omni/result.ts';
import { filterRows, mayFit, sortRows } from '#lib/routes/list/list-filter.ts';
import { readInstancesAndAgents, readRoutes, withAgentsBeyond } from '#lib/routes/list/list.ts';
import { matchingRows } from '#lib/routes/list/matching.ts';
import { readNames, type TargetRef } from '#lib/routes/list/names.ts';
import type { RouteName } from '#lib/routes/list/route-name.ts';
import type { RouteRow } from '#lib/routes/list/route-row.ts';

const BATCH = 200;
const COLUMNS = [
  'route',
  'instance_id',
  'instance',
  'scope',
  'target_id',
  'target',
  'agent_id',
  'agent',
  'agent_state',
  'label',
  'priority',
  'active',
  'own_settings',
  'created_at',
  'updated_at',
] as const;

/** The filtered list as a file. An instance that could not be read is a line of its own, and so are names. */
export const GET = csvRoute({
  scope: 'routes:read',
  params: routesParams,
  read: async ({ omni, session, params: filter, signal }) => {
    const sources = await readInstancesAndAgents(omni, session, filter.instance);
    if (!sources.ok) return sources;
    const { instances, agents } = sources.value;
    const [routes, found] = await Promise.all([
      readRoutes(omni, instances, agents, { signal }),
      filter.q ? findTargets(peopleReader({ omni, session }), session.scopes, filter.q, signal) : null,
    ]);
    const { seen } = await withAgentsBeyond(omni, routes, instances, agents, { signal });
    const createdAt = new Map(seen.routes.map((route) => [route.id, route.createdAt]));
    const [only] = seen.failed;
    if (only && seen.answered.length === 0) return { ok: false, error: only.error };
    const read = new Map<string, RouteName>();
    const onName = (name: RouteName) => void read.set(name.id, name);
    const kept = await matchingRows(omni, session.scopes, seen.rows, filter, new Set(found?.ids), { signal, onName });
    const listed = new Set(kept);
    const others = found ? filterRows(seen.rows, { ...filter, q: '' }, NO_NAMES).filter((row) => !listed.has(row)) : [];
    const unsure = others.some((row) => found && mayFit(row, filter.q, read, found));
    const byName = filter.sort === 'target' || filter.sort === '-target';
    const order = byName ? await readNames(omni, session.scopes, targetsOf(kept), { signal }) : NO_NAMES;
    const rows = sortRows(kept, filter.sort, order);

    async function* lines(): AsyncGenerator<CsvLine> {
      let unnamed = 0;
      for (let from = 0; from < rows.length && !signal.aborted; from += BATCH) {
        const batch = rows.slice(from, from + BATCH);
        const names = await readNames(omni, session.scopes, targetsOf(batch), { signal });
        unnamed += batch.filter(({ targetId }) => names.get(targetId)?.state === 'failed').length;
        for (const row of batch) yield cells(row, names.get(row.targetId), createdAt.get(row.id));
      }
      for (const { instance, error } of seen.failed)
        yield { missing: problemOf(error).code, cells: { instance_id: instance.id, instance: instance.name } };
      if (unsure) yield { missing: 'rows_may_be_missing' };
      if (unnamed > 0) yield { missing: `names_missing:${unnamed}` };
    }
    return ok({ name: 'routes', columns: COLUMNS, lines: lines() });
  },
});

const NO_NAMES = new Map<string, RouteName>();
const targetsOf = (rows: readonly RouteRow[]): TargetRef[] =>
  rows.map(({ scope, targetId, instanceId }) => ({ scope, id: targetId, instanceId }));

function cells(row: RouteRow, name: RouteName | undefined, createdAt = ''): CsvCell[] {
  return [
    row.id,
    row.instanceId,
    row.instance,
    row.scope,
    row.targetId,
    name?.name ?? name?.handle,
    row.agentId,
    row.agent,
    row.agentState,
    row.label,
    row.priority,
    row.active ? 'yes' : 'no',
    row.own.length,
    { moment: createdAt },
    { moment: row.updatedAt },
  ];
}
