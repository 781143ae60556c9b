import { problemOf } from '#lib/omni/problem-code.ts';
import { readingFresh } from '#lib/omni/cache/read.ts';
import { getRouteMetrics } from '#lib/omni/resources/routes.ts';
import { readPageSession } from '#lib/session/request/guard.ts';
import { allows } from '#lib/scopes/scopes.ts';

/** Omni's route cache now. Polled every few seconds while the page is open, which doesn't keep a session alive. */
export async function GET(): Promise<Response> {
  const signed = await readPageSession({ poll: true });
  if (!('session' in signed)) return Response.json({ problem: signed.reason }, { status: 401 });
  const headers = { 'cache-control': 'no-store' };
  if (allows(signed.session.scopes, 'routes:read') === 'no')
    return Response.json({ problem: 'forbidden' }, { status: 403, headers });
  const answer = await getRouteMetrics(readingFresh(signed.omni));
  return answer.ok
    ? Response.json(answer.value.cache, { headers })
    : Response.json({ problem: problemOf(answer.error).code }, { status: 502, headers });
}
