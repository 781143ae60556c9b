import type { NextRequest } from 'next/server';
import { env } from '#lib/env.ts';
import { parsePhone, phoneText } from '#lib/persons/directory/phone-text.ts';
import type { TypedPhone } from '#components/form/fields/use-typed-phone.ts';
import { readPageSession } from '#lib/session/request/guard.ts';

const LONGEST = 60;

/** What Omni would store for a phone while somebody types it. Omni isn't called; how numbers are read is known on the server only. */
export async function GET(request: NextRequest): Promise<Response> {
  const signed = await readPageSession();
  if (!('session' in signed)) return Response.json({ problem: signed.reason }, { status: 401 });
  const typed = (request.nextUrl.searchParams.get('q') ?? '').trim().slice(0, LONGEST);
  const read = parsePhone(typed, env().DEFAULT_PHONE_REGION);
  const answer: TypedPhone = read.ok ? { stored: read.e164, text: phoneText(read.e164) } : { reason: read.reason };
  return Response.json(answer, { headers: { 'cache-control': 'no-store' } });
}
