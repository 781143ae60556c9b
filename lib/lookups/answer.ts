import 'server-only';
import type { NextRequest } from 'next/server';
import type * as z from './shape.ts';
import { problemWords } from '#lib/i18n/any-key.ts';
import { translations } from '#lib/i18n/server.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { readPageSession, type Signed } from '#lib/session/request/guard.ts';
import { lookupQuery, type Lookup } from './lookup.ts';

const NO_STORE = { 'cache-control': 'no-store' };

type Asked<Q> = Signed & { query: Q; signal: AbortSignal };

type Given<L> = {
  lookup: L;
  /** Without it the answer is 403, and Omni is asked nothing. */
  scope?: string;
  /** It comes from the page itself, not from somebody's hand, so it does not keep a session alive. */
  poll?: boolean;
};

/** Where it failed: a code of `problems`, told with 502. */
type Failed = { problem: string };

/** A route of the console that answers a lookup at once. Leaving it ends Omni's calls. */
export function answerRoute<Q, S extends z.LookupShape<unknown>>(
  given: Given<{ address: string; query: z.LookupShape<Q>; answer: S }>,
  read: (asked: Asked<Q>) => Promise<z.infer<S> | Failed>,
): (request: NextRequest) => Promise<Response> {
  return async (request) => {
    const asked = await opened(given, request);
    if (asked instanceof Response) return asked;
    const answer = await read(asked);
    return Response.json(answer, { status: isFailed(answer) ? 502 : 200, headers: NO_STORE });
  };
}

/**
 * A route of the console that answers a lookup in lines of JSON, as they come. What is known before the first line may refuse
 * (`{ problem }`); `lines` is given `send`. Leaving it ends Omni's calls.
 */
export function linesRoute<Q, S extends z.LookupShape<unknown>>(
  given: Given<{ address: string; query: z.LookupShape<Q>; answer: S }>,
  begin: (asked: Asked<Q>) => Promise<Failed | ((send: (line: z.infer<S>) => void) => Promise<void>)>,
): (request: NextRequest) => Promise<Response> {
  return async (request) => {
    const asked = await opened(given, request);
    if (asked instanceof Response) return asked;
    const lines = await begin(asked);
    if (typeof lines !== 'function') return Response.json(lines, { status: 502, headers: NO_STORE });
    const encoder = new TextEncoder();
    const { signal } = request;
    const body = new ReadableStream({
      async start(controller) {
        await lines((line) => {
          if (!signal.aborted) controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
        });
        if (!signal.aborted) controller.close();
      },
    });
    return new Response(body, { headers: { ...NO_STORE, 'content-type': 'application/x-ndjson; charset=utf-8' } });
  };
}

async function opened<Q>(
  { lookup, scope, poll = false }: Given<Pick<Lookup<Q, unknown>, 'query'>>,
  request: NextRequest,
): Promise<Asked<Q> | Response> {
  const signed = await readPageSession({ poll });
  if (!('session' in signed)) return Response.json({ problem: signed.reason }, { status: 401, headers: NO_STORE });
  if (scope && allows(signed.session.scopes, scope) === 'no')
    return Response.json({ problem: 'forbidden' }, { status: 403, headers: NO_STORE });
  const query = lookupQuery(lookup, request.nextUrl.searchParams);
  if (query === null) return await notUnderstood();
  return { ...signed, query, signal: request.signal };
}

/** To an address that no page of the console writes: nothing is asked of Omni. */
async function notUnderstood(): Promise<Response> {
  const { title: said } = problemWords(await translations('problems'), 'not_understood');
  return Response.json({ problem: 'not_understood', said }, { status: 400, headers: NO_STORE });
}

function isFailed(answer: unknown): answer is Failed {
  return typeof answer === 'object' && answer !== null && 'problem' in answer && Object.keys(answer).length === 1;
}
