import type { NextRequest } from 'next/server';
import { problemOf } from '#lib/omni/problem-code.ts';
import { isUuid } from '#lib/omni/door/path.ts';
import type { ListLine } from '#lib/routes/list/list-line.ts';
import { readInstancesAndAgents, readRoutes, type RoutesSeen } from '#lib/routes/list/list.ts';
import { readPageSession } from '#lib/session/request/guard.ts';
import { allows } from '#lib/scopes/scopes.ts';

const DEADLINE_MS = 500;
const MOST_IDS = 100;

/**
 * All routes the key may see, as lines of JSON: first every instance that answers at once, then each late one as it comes.
 * `instances` narrows to some (to ask those again that failed), `instance` names one for a key that can't list them.
 */
export async function GET(request: NextRequest): Promise<Response> {
  const signed = await readPageSession({ poll: true });
  if (!('session' in signed)) return Response.json({ problem: signed.reason }, { status: 401 });
  const { omni, session } = signed;
  if (allows(session.scopes, 'routes:read') === 'no') return Response.json({ problem: 'forbidden' }, { status: 403 });
  const query = request.nextUrl.searchParams;
  const wanted = (query.get('instances') ?? '').split(',').filter(isUuid).slice(0, MOST_IDS);
  const named = query.get('instance') ?? undefined;
  const sources = await readInstancesAndAgents(omni, session, isUuid(named) ? named : undefined);
  if (!sources.ok) return Response.json({ problem: problemOf(sources.error).code }, { status: 502 });
  const { agents } = sources.value;
  const asked = sources.value.instances.filter(({ id }) => wanted.length === 0 || wanted.includes(id));
  const { signal } = request;
  const encoder = new TextEncoder();
  const body = new ReadableStream({
    async start(controller) {
      const send = (seen: RoutesSeen) => {
        if (!signal.aborted) controller.enqueue(encoder.encode(`${JSON.stringify(lineOf(seen))}\n`));
      };
      const first = await readRoutes(omni, asked, agents, { deadlineMs: DEADLINE_MS, signal });
      send(first);
      if (first.late.length > 0) await readRoutes(omni, first.late, agents, { signal, onInstance: send });
      if (!signal.aborted) controller.close();
    },
  });
  return new Response(body, {
    headers: { 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': 'no-store' },
  });
}

function lineOf({ rows, answered, failed, late }: RoutesSeen): ListLine {
  return {
    rows,
    answered: answered.map(({ id }) => id),
    failed: failed.map(({ instance, error }) => ({
      id: instance.id,
      name: instance.name,
      problem: problemOf(error).code,
    })),
    late: late.map(({ id, name }) => ({ id, name })),
  };
}
