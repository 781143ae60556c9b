import type { NextRequest } from 'next/server';
import { findTargets } from '#app/(console)/routes/find-targets.ts';
import { routesParams } from '#app/(console)/routes/search-params.ts';
import { requestIntl } from '#lib/i18n/server.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import { sortRows } from '#lib/routes/list-filter.ts';
import { readPlaces, readRoutes } from '#lib/routes/list.ts';
import { matchingRows } from '#lib/routes/matching.ts';
import { readNames } from '#lib/routes/names.ts';
import type { RouteName } from '#lib/routes/route-name.ts';
import type { RouteRow } from '#lib/routes/row.ts';
import { requireSession } from '#lib/session/guard.ts';
import { csvLine, separatorFor } from '#lib/text/csv.ts';

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

/** The filtered list as a file. An instance that could not be read is a line of its own: a file must not look whole when it is not. */
export async function GET(request: NextRequest): Promise<Response> {
  const { omni, session } = await requireSession();
  const { locale } = await requestIntl();
  const filter = routesParams.parse(Object.fromEntries(request.nextUrl.searchParams));
  const separator = separatorFor(locale);
  const { signal } = request;
  const places = await readPlaces(omni, session, filter.instance);
  if (!places.ok)
    return new Response(problemOf(places.error).code, { status: 502, headers: { 'cache-control': 'no-store' } });
  const { instances, agents } = places.value;
  const [seen, found] = await Promise.all([
    readRoutes(omni, instances, agents, { signal }),
    filter.q ? findTargets(omni, session.scopes, filter.q, signal) : null,
  ]);
  const kept = await matchingRows(omni, session.scopes, seen.rows, filter, new Set(found?.ids), { signal });
  const rows = sortRows(kept, filter.sort);
  const encoder = new TextEncoder();

  async function* lines(): AsyncGenerator<string> {
    yield `\uFEFF${csvLine(COLUMNS, separator)}`;
    for (let from = 0; from < rows.length && !signal.aborted; from += BATCH) {
      const batch = rows.slice(from, from + BATCH);
      const targets = batch.map(({ scope, targetId, instanceId }) => ({ scope, id: targetId, instanceId }));
      const names = await readNames(omni, session.scopes, targets, { signal });
      for (const row of batch) yield csvLine(cells(row, names.get(row.targetId)), separator);
    }
    for (const { instance, error } of seen.failed) {
      const values: Record<string, string> = {
        instance_id: instance.id,
        instance: instance.name,
        problem: problemOf(error).code,
      };
      yield csvLine(
        COLUMNS.map((name) => values[name] ?? ''),
        separator,
      );
    }
  }

  const source = lines();
  const body = new ReadableStream({
    async pull(controller) {
      const { done, value } = await source.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="routes.csv"',
      'cache-control': 'no-store',
    },
  });
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
