import type { NextRequest } from 'next/server';
import { problemOf } from '#lib/omni/problem-code.ts';
import type { CheckupLine } from '#lib/routes/health/health-line.ts';
import { ailing, firstLook, secondLook } from '#lib/routes/health/health-read.ts';
import { readPageSession } from '#lib/session/request/guard.ts';
import { allows } from '#lib/scopes/scopes.ts';

/** The check-up of all routes, a line of JSON at a time: what they show by themselves, then chats and people. Leaving ends it. */
export async function GET(request: NextRequest): Promise<Response> {
  const signed = await readPageSession({ poll: true });
  if (!('session' in signed)) return Response.json({ problem: signed.reason }, { status: 401 });
  const { omni, session } = signed;
  if (allows(session.scopes, 'routes:read') === 'no') return Response.json({ problem: 'forbidden' }, { status: 403 });
  const { signal } = request;
  const look = await firstLook(omni, session, { signal });
  if (!look.ok) return Response.json({ problem: problemOf(look.error).code }, { status: 502 });
  const encoder = new TextEncoder();
  const body = new ReadableStream({
    async start(controller) {
      const tell = (line: CheckupLine) => {
        if (!signal.aborted) controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
      };
      const rows = new Map(look.value.seen.rows.map((row) => [row.id, row]));
      const unread = look.value.seen.failed.map(({ instance }) => instance.name);
      tell({
        ailing: ailing(look.value.findings, rows),
        unread,
        without: look.value.unread,
        checked: 0,
        total: 0,
        failed: 0,
      });
      await secondLook(
        omni,
        session.scopes,
        look.value,
        ({ findings, ...progress }) => tell({ ailing: ailing(findings, rows), ...progress }),
        signal,
      );
      if (!signal.aborted) controller.close();
    },
  });
  return new Response(body, {
    headers: { 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': 'no-store' },
  });
}
