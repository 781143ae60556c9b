import type { NextRequest } from 'next/server';
import { problemOf } from '#lib/omni/problem-code.ts';
import { bestKeys, keyHit, type KeysFound } from '#lib/keys/list/find.ts';
import { readAllKeys } from '#lib/keys/list/read-all.ts';
import { listedKey } from '#lib/keys/list/listed-key.ts';
import { readPageSession } from '#lib/session/request/guard.ts';
import { allows } from '#lib/scopes/scopes.ts';

const LONGEST_QUERY = 200;
const MOST = 6;
const NO_STORE = { headers: { 'cache-control': 'no-store' } };

/** The few keys that match best while somebody types. Without `keys:read` Omni isn't called; closing the request ends Omni's calls. */
export async function GET(request: NextRequest): Promise<Response> {
  const signed = await readPageSession();
  if (!('session' in signed)) return Response.json({ problem: signed.reason }, { status: 401 });
  if (allows(signed.session.scopes, 'keys:read') === 'no') return Response.json(failed('forbidden'), NO_STORE);
  const text = (request.nextUrl.searchParams.get('q') ?? '').trim().slice(0, LONGEST_QUERY);
  const answer = await readAllKeys(signed.omni, request.signal);
  if (!answer.ok) return Response.json(failed(problemOf(answer.error).code), NO_STORE);
  const { keys, hidden } = answer.value;
  const now = Date.now();
  const fitting = bestKeys(
    keys.map((seen) => listedKey(seen, now)),
    text,
  );
  const found: KeysFound = {
    rows: fitting.slice(0, MOST).map(keyHit),
    total: fitting.length,
    incomplete: hidden.length > 0,
  };
  return Response.json(found, NO_STORE);
}

function failed(problem: string): KeysFound {
  return { rows: [], total: 0, incomplete: false, problem };
}
