import { linesRoute } from '#lib/lookups/answer.ts';
import { routesLookup } from '#lib/lookups/routes.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import type { ListLine } from '#lib/routes/list/list-line.ts';
import { readInstancesAndAgents, readRoutes, type RoutesSeen } from '#lib/routes/list/list.ts';

const DEADLINE_MS = 500;

/**
 * All routes the key may see: first every instance that answers at once, then each late one as it comes. `instances` narrows to
 * some (to ask those again that failed), `instance` names one for a key that can't list them.
 */
export const GET = linesRoute(
  { lookup: routesLookup, scope: 'routes:read', poll: true },
  async ({ omni, session, query: { instances: wanted, instance }, signal }) => {
    const sources = await readInstancesAndAgents(omni, session, instance);
    if (!sources.ok) return { problem: problemOf(sources.error).code };
    const { agents, instances } = sources.value;
    const asked = instances.filter(({ id }) => wanted.length === 0 || wanted.includes(id));
    return async (send) => {
      const first = await readRoutes(omni, asked, agents, { deadlineMs: DEADLINE_MS, signal });
      send(lineOf(first));
      if (first.late.length === 0) return;
      await readRoutes(omni, first.late, agents, { signal, onInstance: (seen) => send(lineOf(seen)) });
    };
  },
);

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
