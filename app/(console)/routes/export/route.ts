import type { NextRequest } from 'next/server';
import { findTargets } from '#app/(console)/routes/find-targets.ts';
import { routesParams } from '#app/(console)/routes/search-params.ts';
import { requestIntl } from '#lib/i18n/server.ts';
import { noFileFor } from '#lib/omni/paging/no-file.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import { sortRows } from '#lib/routes/list/list-filter.ts';
import { readInstancesAndAgents, readRoutes } from '#lib/routes/list/list.ts';
import { matchingRows } from '#lib/routes/list/matching.ts';
import { readNames } from '#lib/routes/list/names.ts';
import type { RouteName } from '#lib/routes/list/route-name.ts';
import type { RouteRow } from '#lib/routes/list/route-row.ts';
import { requireSession } from '#lib/session/request/guard.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { separatorFor } from '#lib/text/csv.ts';
import { csvFile, noFile } from '#lib/text/csv-file.ts';

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
  'problem',
] as const;

/** The filtered list as a file. An instance that could not be read is a line of its own, so that an incomplete file says so. */
export async function GET(request: NextRequest): Promise<Response> {
  const { omni, session } = await requireSession();
  if (allows(session.scopes, 'routes:read') === 'no') return noFile(403, 'forbidden');
  const { locale } = await requestIntl();
  const filter = routesParams.parse(Object.fromEntries(request.nextUrl.searchParams));
  const { signal } = request;
  const sources = await readInstancesAndAgents(omni, session, filter.instance);
  if (!sources.ok) return noFileFor(sources.error);
  const { instances, agents } = sources.value;
  const [seen, found] = await Promise.all([
    readRoutes(omni, instances, agents, { signal }),
    filter.q ? findTargets(omni, session.scopes, filter.q, signal) : null,
  ]);
  const kept = await matchingRows(omni, session.scopes, seen.rows, filter, new Set(found?.ids), { signal });
  const rows = sortRows(kept, filter.sort);

  async function* lines(): AsyncGenerator<string[]> {
    for (let from = 0; from < rows.length && !signal.aborted; from += BATCH) {
      const batch = rows.slice(from, from + BATCH);
      const targets = batch.map(({ scope, targetId, instanceId }) => ({ scope, id: targetId, instanceId }));
      const names = await readNames(omni, session.scopes, targets, { signal });
      for (const row of batch) yield cells(row, names.get(row.targetId));
    }
    for (const { instance, error } of seen.failed) {
      const values: Record<string, string> = {
        instance_id: instance.id,
        instance: instance.name,
        problem: problemOf(error).code,
      };
      yield COLUMNS.map((name) => values[name] ?? '');
    }
  }

  return csvFile('routes', COLUMNS, lines(), separatorFor(locale));
}

function cells(row: RouteRow, name: RouteName | undefined): string[] {
  return [
    row.id,
    row.instanceId,
    row.instance,
    row.scope,
    row.targetId,
    name?.name ?? name?.handle ?? '',
    row.agentId ?? '',
    row.agent ?? '',
    row.agentState,
    row.label ?? '',
    String(row.priority),
    row.active ? 'yes' : 'no',
    String(row.own),
    row.createdAt,
    row.updatedAt,
    name?.state === 'gone' ? 'target_gone' : '',
  ];
}
