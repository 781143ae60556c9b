import type { NextRequest } from 'next/server';
import { readAccess } from '#lib/access/rules/read-access.ts';
import { fanOut } from '#lib/omni/paging/fan-out.ts';
import { isUuid } from '#lib/omni/door/path.ts';
import { getPresence } from '#lib/omni/resources/persons.ts';
import { presenceCell } from '#lib/persons/directory/presence-cell.ts';
import { readPageSession } from '#lib/session/request/guard.ts';

const MOST = 100;
const AT_ONCE = 4;

/** Channels, last seen, own names and blocks of a list's visible rows: one line of JSON each, as they come. Leaving ends the calls. */
export async function GET(request: NextRequest): Promise<Response> {
  const signed = await readPageSession({ poll: true });
  if (!('session' in signed)) return Response.json({ problem: signed.reason }, { status: 401 });
  const ids = (request.nextUrl.searchParams.get('ids') ?? '').split(',').filter(isUuid).slice(0, MOST);
  const encoder = new TextEncoder();
  const body = new ReadableStream({
    async start(controller) {
      const line = (cell: unknown) => {
        if (!request.signal.aborted) controller.enqueue(encoder.encode(`${JSON.stringify(cell)}\n`));
      };
      const access = await readAccess(signed.omni, signed.session);
      const read = access.is === 'read' ? access.read : null;
      await fanOut(signed.omni, ids, { concurrency: AT_ONCE, signal: request.signal }, async (id, signal) => {
        const answer = await getPresence(signed.omni, id, signal);
        line(answer.ok ? presenceCell(answer.value, read) : { id, failed: true });
        return answer;
      });
      if (!request.signal.aborted) controller.close();
    },
  });
  return new Response(body, {
    headers: { 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': 'no-store' },
  });
}
