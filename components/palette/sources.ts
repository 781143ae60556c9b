import type { KeyHit, KeysFound } from '#lib/keys/list/find.ts';
import type { RouteHit, RoutesFound } from '#lib/routes/list/find.ts';
import { ndjson } from '#lib/text/ndjson.ts';
import { keyItem, personItem, routeItem, type PaletteItem, type ItemKind, type PersonLine } from './palette-item.ts';

/** One page of a source's results. `total` matched; `unread` names parts that could not be read; `problem` is a code (`problems`). */
export type SourceAnswer = {
  items: PaletteItem[];
  total: number;
  pending?: boolean;
  unread?: string[] | undefined;
  incomplete?: boolean | undefined;
  problem?: string | undefined;
};

export const MOST_ITEMS = 6;
export const NOTHING_FOUND: SourceAnswer = { items: [], total: 0 };
export const UNREACHABLE: SourceAnswer = { ...NOTHING_FOUND, problem: 'console_unreachable' };

/** How each kind is searched, and the scope without which it is not. */
export const SOURCES: Readonly<
  Record<ItemKind, { scope: string; search: (text: string, signal: AbortSignal) => SourceAnswers }>
> = {
  person: { scope: 'persons:read', search: searchPeople },
  route: { scope: 'routes:read', search: searchRoutes },
  key: { scope: 'keys:read', search: searchKeys },
};

/** Names of recently opened items (`/api/lookup/recent`). */
export type RecentNames = { persons: PersonLine[]; routes: RouteHit[]; keys: KeyHit[] };

type SourceAnswers = AsyncGenerator<SourceAnswer>;
type PeopleLine = { rows: PersonLine[]; pending: boolean; incomplete: boolean; problem?: string };

async function* searchPeople(text: string, signal: AbortSignal): SourceAnswers {
  if (!text) return yield NOTHING_FOUND;
  const response = await get('persons', text, signal);
  for await (const { rows, ...rest } of ndjson<PeopleLine>(response))
    yield { ...rest, items: rows.slice(0, MOST_ITEMS).map(personItem), total: rows.length };
}

async function* searchRoutes(text: string, signal: AbortSignal): SourceAnswers {
  const { rows, ...rest } = (await (await get('route-search', text, signal)).json()) as RoutesFound;
  yield { ...rest, items: rows.map(routeItem) };
}

async function* searchKeys(text: string, signal: AbortSignal): SourceAnswers {
  const { rows, ...rest } = (await (await get('key-search', text, signal)).json()) as KeysFound;
  yield { ...rest, items: rows.map(keyItem) };
}

/** Reads a lookup of the console. When the session has ended, the browser goes to the sign-in page, which says why. */
async function get(lookup: string, text: string, signal: AbortSignal): Promise<Response> {
  const response = await fetch(`/api/lookup/${lookup}?q=${encodeURIComponent(text)}`, { signal });
  if (response.status === 401)
    location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
  if (!response.ok) throw new Error(`${lookup} answered ${response.status}`);
  return response;
}
