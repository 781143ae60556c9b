import type { NextRequest } from 'next/server';
import { problemOf } from '#lib/omni/problem-code.ts';
import type { HealthLine } from '#lib/routes/health/health-line.ts';
import { checkTargets, readHealth, unhealthyRoutes } from '#lib/routes/health/health-read.ts';
import { readPageSession } from '#lib/session/request/guard.ts';
import { allows } from '#lib/scopes/scopes.ts';

/** The health of all routes, a line of JSON at a time: what they show by themselves, then chats and people. An abort ends it. */
export async function GET(request: NextRequest): Promise<Response> {
  const signed = await readPageSession({ poll: true });
  if (!('session' in signed)) return Response.json({ problem: signed.reason }, { status: 401 });
  const { omni, session } = signed;
  if (allows(session.scopes, 'routes:read') === 'no') return Response.json({ problem: 'forbidden' }, { status: 403 });
  const { signal } = request;
  const health = await readHealth(omni, session, { signal });
  if (!health.ok) return Response.json({ problem: problemOf(health.error).code }, { status: 502 });
  const encoder = new TextEncoder();
  const body = new ReadableStream({
    async start(controller) {
      const send = (line: HealthLine) => {
        if (!signal.aborted) controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
      };
      const rows = new Map(health.value.seen.rows.map((row) => [row.id, row]));
      const unread = health.value.seen.failed.map(({ instance }) => instance.name);
      send({
        unhealthy: unhealthyRoutes(health.value.findings, rows),
        unread,
        without: health.value.unread,
        checked: 0,
        total: 0,
        failed: 0,
      });
      await checkTargets(
        omni,
        session.scopes,
        health.value,
        ({ findings, ...progress }) => send({ unhealthy: unhealthyRoutes(findings, rows), ...progress }),
        signal,
      );
      if (!signal.aborted) controller.close();
    },
  });
  return new Response(body, {
    headers: { 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': 'no-store' },
  });
}
