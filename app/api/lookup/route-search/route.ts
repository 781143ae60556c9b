import { peopleReader } from '#app/(console)/persons/people-reader.ts';
import { findTargets, NO_TARGETS } from '#app/(console)/routes/find-targets.ts';
import { answerRoute } from '#lib/lookups/answer.ts';
import { routeSearchLookup } from '#lib/lookups/routes.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import { bestRoutes, routeHit, type RoutesFound } from '#lib/routes/list/find.ts';
import { readInstancesAndAgents, readRoutes, withAgentsBeyond } from '#lib/routes/list/list.ts';
import { readNames } from '#lib/routes/list/names.ts';
import { allows } from '#lib/scopes/scopes.ts';

const MOST = 6;
const DEADLINE_MS = 1500;
const NAMES_MS = 400;

/** The few routes that fit best while somebody types, of every instance that answers in time. */
export const GET = answerRoute({ lookup: routeSearchLookup }, async ({ omni, session, query: { q: text }, signal }) => {
  if (allows(session.scopes, 'routes:read') === 'no') return failed('forbidden');
  const [sources, targets] = await Promise.all([
    readInstancesAndAgents(omni, session),
    text ? findTargets(peopleReader({ omni, session }), session.scopes, text, signal) : NO_TARGETS,
  ]);
  if (!sources.ok) return failed(problemOf(sources.error).code);
  const { instances, agents } = sources.value;
  const limits = { deadlineMs: DEADLINE_MS, signal };
  const read = await readRoutes(omni, instances, agents, limits);
  const { seen } = await withAgentsBeyond(omni, read, instances, agents, limits);
  const fitting = bestRoutes(seen.rows, text, new Set(targets.ids));
  const best = fitting.slice(0, MOST);
  const names = await readNames(
    omni,
    session.scopes,
    best.map(({ scope, targetId, instanceId }) => ({ scope, id: targetId, instanceId })),
    { signal, deadlineMs: NAMES_MS },
  );
  return {
    rows: best.map((row) => routeHit(row, names.get(row.targetId))),
    total: fitting.length,
    unread: [...seen.failed.map(({ instance }) => instance.name), ...seen.late.map(({ name }) => name)],
    incomplete: Object.values(targets.missed).some((missed) => missed !== 'nothing' && missed !== 'forbidden'),
  };
});

function failed(problem: string): RoutesFound {
  return { rows: [], total: 0, unread: [], incomplete: false, problem };
}
