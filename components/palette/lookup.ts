import type { KeyHit, KeysFound } from '#lib/keys/list/find.ts';
import type { RouteHit, RoutesFound } from '#lib/routes/list/find.ts';
import { ndjson } from '#lib/text/ndjson.ts';
import { keyAsHit, personHit, routeAsHit, type Hit, type Kind, type PersonLine } from './hit.ts';

/** One page of what a source found. `total` fit; `unread` are parts that could not be asked; `problem` a code (`problems`). */
export type Found = {
  hits: Hit[];
  total: number;
  pending?: boolean;
  unread?: string[] | undefined;
  incomplete?: boolean | undefined;
  problem?: string | undefined;
};

export const MOST_HITS = 6;
export const NOTHING_FOUND: Found = { hits: [], total: 0 };
export const UNREACHABLE: Found = { ...NOTHING_FOUND, problem: 'console_unreachable' };

/** What Omni keeps of each kind, and the scope without which it is not asked. */
export const SOURCES: Readonly<Record<Kind, { scope: string; ask: (text: string, signal: AbortSignal) => Answers }>> = {
  person: { scope: 'persons:read', ask: people },
  route: { scope: 'routes:read', ask: routes },
  key: { scope: 'keys:read', ask: keys },
};

/** Names of what was opened lately (`/api/lookup/recent`). */
export type RecentNames = { persons: PersonLine[]; routes: RouteHit[]; keys: KeyHit[] };

type Answers = AsyncGenerator<Found>;
type PeopleLine = { rows: PersonLine[]; pending: boolean; incomplete: boolean; problem?: string };

async function* people(text: string, signal: AbortSignal): Answers {
  if (!text) return yield NOTHING_FOUND;
  const response = await get('persons', text, signal);
  for await (const { rows, ...rest } of ndjson<PeopleLine>(response))
    yield { ...rest, hits: rows.slice(0, MOST_HITS).map(personHit), total: rows.length };
}

async function* routes(text: string, signal: AbortSignal): Answers {
  const { rows, ...rest } = (await (await get('route-search', text, signal)).json()) as RoutesFound;
  yield { ...rest, hits: rows.map(routeAsHit) };
}

async function* keys(text: string, signal: AbortSignal): Answers {
  const { rows, ...rest } = (await (await get('key-search', text, signal)).json()) as KeysFound;
  yield { ...rest, hits: rows.map(keyAsHit) };
}

/** Asks the console. A session that ended goes to the sign-in page, where it says why. */
async function get(lookup: string, text: string, signal: AbortSignal): Promise<Response> {
  const response = await fetch(`/api/lookup/${lookup}?q=${encodeURIComponent(text)}`, { signal });
  if (response.status === 401)
    location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
  if (!response.ok) throw new Error(`${lookup} answered ${response.status}`);
  return response;
}
