import type { NextRequest } from 'next/server';
import { findTargets } from '#app/(console)/routes/find-targets.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import { bestRoutes, routeHit, type RoutesFound } from '#lib/routes/list/find.ts';
import { readInstancesAndAgents, readRoutes } from '#lib/routes/list/list.ts';
import { readNames } from '#lib/routes/list/names.ts';
import { readPageSession } from '#lib/session/request/guard.ts';
import { allows } from '#lib/scopes/scopes.ts';

const LONGEST_QUERY = 200;
const MOST = 6;
const DEADLINE_MS = 1500;
const NAMES_MS = 400;
const NO_STORE = { headers: { 'cache-control': 'no-store' } };

/** The few routes that fit best while somebody types, of every instance that answers in time. Closing it ends Omni's calls. */
export async function GET(request: NextRequest): Promise<Response> {
  const signed = await readPageSession();
  if (!('session' in signed)) return Response.json({ problem: signed.reason }, { status: 401 });
  const { omni, session } = signed;
  const { signal } = request;
  if (allows(session.scopes, 'routes:read') === 'no') return Response.json(failed('forbidden'), NO_STORE);
  const text = (request.nextUrl.searchParams.get('q') ?? '').trim().slice(0, LONGEST_QUERY);
  const [sources, targets] = await Promise.all([
    readInstancesAndAgents(omni, session),
    text ? findTargets(omni, session.scopes, text, signal) : { ids: [], incomplete: false },
  ]);
  if (!sources.ok) return Response.json(failed(problemOf(sources.error).code), NO_STORE);
  const { instances, agents } = sources.value;
  const seen = await readRoutes(omni, instances, agents, { deadlineMs: DEADLINE_MS, signal });
  const fitting = bestRoutes(seen.rows, text, new Set(targets.ids));
  const best = fitting.slice(0, MOST);
  const names = await readNames(
    omni,
    session.scopes,
    best.map(({ scope, targetId, instanceId }) => ({ scope, id: targetId, instanceId })),
    { signal, deadlineMs: NAMES_MS },
  );
  const answer: RoutesFound = {
    rows: best.map((row) => routeHit(row, names.get(row.targetId))),
    total: fitting.length,
    unread: [...seen.failed.map(({ instance }) => instance.name), ...seen.late.map(({ name }) => name)],
    incomplete: targets.incomplete,
  };
  return Response.json(answer, NO_STORE);
}

function failed(problem: string): RoutesFound {
  return { rows: [], total: 0, unread: [], incomplete: false, problem };
}
