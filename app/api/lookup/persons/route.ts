import type { NextRequest } from 'next/server';
import { personTodayFor } from '#app/(console)/persons/person-today.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import { listPersons } from '#lib/omni/resources/persons.ts';
import { personRow } from '#lib/persons/directory/row.ts';
import { searchPeople } from '#lib/persons/directory/search.ts';
import { readPageSession } from '#lib/session/request/guard.ts';

const LONGEST_QUERY = 200;
const NEWEST = 20;
const HEADERS = { 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': 'no-store' };

/** The search while somebody types, one line of JSON per answer of Omni's; the newest people for an empty text. Closing it ends Omni's calls too. */
export async function GET(request: NextRequest): Promise<Response> {
  const signed = await readPageSession();
  if (!('session' in signed)) return Response.json({ problem: signed.reason }, { status: 401 });
  const query = (request.nextUrl.searchParams.get('q') ?? '').trim().slice(0, LONGEST_QUERY);
  if (!query) return newest(signed.omni, request.signal);
  const progress = searchPeople(signed.omni, query, { signal: request.signal, today: personTodayFor(signed) });
  const encoder = new TextEncoder();
  const body = new ReadableStream({
    async pull(controller) {
      const { done, value } = await progress.next();
      if (done) return controller.close();
      const line = {
        rows: value.hits.map(personRow),
        pending: value.pending > 0,
        incomplete: value.incomplete,
        ...(value.error ? problemLine(problemOf(value.error)) : {}),
      };
      controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
    },
  });
  return new Response(body, { headers: HEADERS });
}

async function newest(omni: Omni, signal: AbortSignal): Promise<Response> {
  const answer = await listPersons(omni, { limit: NEWEST }, signal);
  const line = answer.ok
    ? { rows: answer.value.items.map(personRow), pending: false, incomplete: false }
    : { rows: [], pending: false, incomplete: false, ...problemLine(problemOf(answer.error)) };
  return new Response(`${JSON.stringify(line)}\n`, { headers: HEADERS });
}

function problemLine({ code, values }: ReturnType<typeof problemOf>) {
  return { problem: code, values };
}
