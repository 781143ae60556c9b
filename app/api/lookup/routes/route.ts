import { linesRoute } from '#lib/lookups/answer.ts';
import { routesLookup } from '#lib/lookups/routes.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import {
  listPart,
  readInstancesAndAgents,
  readRoutes,
  withAgentsBeyond,
  type RoutesSeen,
} from '#lib/routes/list/list.ts';

const DEADLINE_MS = 500;

/**
 * Routes that the page could not bring: first every instance that answers at once, then each late one as it comes. `instances`
 * narrows to some (those that were late, or failed), `instance` names one for a key that can't list them.
 */
export const GET = linesRoute(
  { lookup: routesLookup, scope: 'routes:read', poll: true },
  async ({ omni, session, query: { instances: wanted, instance }, signal }) => {
    const sources = await readInstancesAndAgents(omni, session, instance);
    if (!sources.ok) return { problem: problemOf(sources.error).code };
    const { agents, instances } = sources.value;
    const asked = instances.filter(({ id }) => wanted.length === 0 || wanted.includes(id));
    return async (send) => {
      const line = async (part: RoutesSeen) =>
        send(listPart((await withAgentsBeyond(omni, part, instances, agents, { signal })).seen));
      const first = await readRoutes(omni, asked, agents, { deadlineMs: DEADLINE_MS, signal });
      await line(first);
      if (first.late.length === 0) return;
      const lines: Promise<void>[] = [];
      await readRoutes(omni, first.late, agents, { signal, onInstance: (seen) => lines.push(line(seen)) });
      await Promise.all(lines);
    };
  },
);
