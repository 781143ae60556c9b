import type { NextRequest } from 'next/server';
import { listChats } from '#lib/omni/resources/chats.ts';
import { isUuid } from '#lib/omni/door/path.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import { readPageSession } from '#lib/session/request/guard.ts';

const LONGEST_QUERY = 200;
const MOST = 20;

/** Chats of an instance while somebody types; an empty query answers the latest ones. Closing it ends Omni's call too. */
export async function GET(request: NextRequest): Promise<Response> {
  const signed = await readPageSession();
  if (!('session' in signed)) return Response.json({ problem: signed.reason }, { status: 401 });
  const { searchParams } = request.nextUrl;
  const instanceId = searchParams.get('instance');
  if (!isUuid(instanceId)) return Response.json({ problem: 'invalid' }, { status: 400 });
  const search = (searchParams.get('q') ?? '').trim().slice(0, LONGEST_QUERY) || undefined;
  const answer = await listChats(signed.omni, { instanceId, search, limit: MOST }, request.signal);
  const body = answer.ok
    ? {
        rows: answer.value.items.map(({ id, name, externalId, chatType }) => ({
          id,
          name: name ?? externalId ?? id,
          detail: [chatType, name ? externalId : null].filter(Boolean).join(' · '),
        })),
      }
    : { rows: [], problem: problemOf(answer.error).code };
  return Response.json(body, { headers: { 'cache-control': 'no-store' } });
}
