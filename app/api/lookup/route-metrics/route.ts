import { answerRoute } from '#lib/lookups/answer.ts';
import { routeMetricsLookup } from '#lib/lookups/routes.ts';
import { readingFresh } from '#lib/omni/cache/read.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import { getRouteMetrics } from '#lib/omni/resources/routes.ts';

/** Omni's route cache now, polled while the page is open. */
export const GET = answerRoute({ lookup: routeMetricsLookup, scope: 'routes:read', poll: true }, async ({ omni }) => {
  const answer = await getRouteMetrics(readingFresh(omni));
  return answer.ok ? answer.value.cache : { problem: problemOf(answer.error).code };
});
