import type { NextRequest } from 'next/server';
import { findTargets } from '#app/(console)/routes/find-targets.ts';
import { readPageSession } from '#lib/session/request/guard.ts';

const LONGEST_QUERY = 200;

/** Which chats and people a text finds at Omni, while somebody types. Closing it ends Omni's calls too. */
export async function GET(request: NextRequest): Promise<Response> {
  const signed = await readPageSession();
  if (!('session' in signed)) return Response.json({ problem: signed.reason }, { status: 401 });
  const text = (request.nextUrl.searchParams.get('q') ?? '').trim().slice(0, LONGEST_QUERY);
  const none = { ids: [], incomplete: false };
  const found = text ? await findTargets(signed.omni, signed.session.scopes, text, request.signal) : none;
  return Response.json(found, { headers: { 'cache-control': 'no-store' } });
}
