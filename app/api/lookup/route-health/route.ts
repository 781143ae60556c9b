import { linesRoute } from '#lib/lookups/answer.ts';
import { routeHealthLookup } from '#lib/lookups/routes.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import { checkBehind } from '#lib/routes/health/check-behind.ts';
import { readHealth, sureVerdicts, unhealthyRoutes } from '#lib/routes/health/health-read.ts';

/** The health of all routes: what they show by themselves, then providers, chats and people as they are checked. */
export const GET = linesRoute(
  { lookup: routeHealthLookup, scope: 'routes:read', poll: true },
  async ({ omni, session, signal }) => {
    const health = await readHealth(omni, session, { signal });
    if (!health.ok) return { problem: problemOf(health.error).code };
    const { seen, findings, unread } = health.value;
    const rows = new Map(seen.rows.map((row) => [row.id, row]));
    return async (send) => {
      send({
        unhealthy: unhealthyRoutes(findings, sureVerdicts(health.value), rows),
        unread: seen.failed.map(({ instance }) => instance.name),
        without: [...unread],
        checked: 0,
        total: 0,
        failed: 0,
      });
      await checkBehind(
        omni,
        session,
        health.value,
        ({ findings: more, verdicts, without, ...progress }) =>
          send({
            unhealthy: unhealthyRoutes(more, verdicts, rows),
            ...(without ? { without: [...without] } : {}),
            ...progress,
          }),
        signal,
      );
    };
  },
);
