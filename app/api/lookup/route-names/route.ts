import type { NextRequest } from 'next/server';
import { isUuid } from '#lib/omni/door/path.ts';
import { readNames, type TargetRef } from '#lib/routes/list/names.ts';
import { readPageSession } from '#lib/session/request/guard.ts';

const MOST = 100;

/**
 * RouteNames of a list's rows, one line of JSON each as they come. `chats=<instance>:<id>,<id>;…`, `persons=<id>,<id>…`.
 * Leaving ends the calls.
 */
export async function GET(request: NextRequest): Promise<Response> {
  const signed = await readPageSession({ poll: true });
  if (!('session' in signed)) return Response.json({ problem: signed.reason }, { status: 401 });
  const query = request.nextUrl.searchParams;
  const targets = [...chatsOf(query.get('chats') ?? ''), ...personsOf(query.get('persons') ?? '')].slice(0, MOST);
  const encoder = new TextEncoder();
  const body = new ReadableStream({
    async start(controller) {
      await readNames(signed.omni, signed.session.scopes, targets, {
        signal: request.signal,
        onName: (name) => {
          if (!request.signal.aborted) controller.enqueue(encoder.encode(`${JSON.stringify(name)}\n`));
        },
      });
      if (!request.signal.aborted) controller.close();
    },
  });
  return new Response(body, {
    headers: { 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': 'no-store' },
  });
}

function chatsOf(text: string): TargetRef[] {
  return text.split(';').flatMap((group) => {
    const [instanceId = '', ids = ''] = group.split(':');
    return isUuid(instanceId)
      ? ids
          .split(',')
          .filter(isUuid)
          .map((id): TargetRef => ({ scope: 'chat', id, instanceId }))
      : [];
  });
}

function personsOf(text: string): TargetRef[] {
  return text
    .split(',')
    .filter(isUuid)
    .map((id): TargetRef => ({ scope: 'user', id, instanceId: '' }));
}
