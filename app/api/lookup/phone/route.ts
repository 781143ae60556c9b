import type { NextRequest } from 'next/server';
import { env } from '#lib/env.ts';
import { phonePreview } from '#lib/persons/directory/phone-input.ts';
import { readPageSession } from '#lib/session/request/guard.ts';

const LONGEST = 60;

/** What a typed phone will be stored as, or why it won't be, while somebody types: the rules of all countries stay on the server. */
export async function GET(request: NextRequest): Promise<Response> {
  const signed = await readPageSession({ poll: true });
  if (!('session' in signed)) return Response.json({ problem: signed.reason }, { status: 401 });
  const typed = (request.nextUrl.searchParams.get('q') ?? '').slice(0, LONGEST);
  return Response.json(phonePreview(typed, env().DEFAULT_PHONE_REGION), { headers: { 'cache-control': 'no-store' } });
}
