import { ask, askLines } from '#components/lookups/ask.ts';
import { typingRest } from '#components/lookups/typing-rest.ts';
import { keySearchLookup } from '#lib/lookups/found.ts';
import { personsLookup } from '#lib/lookups/people.ts';
import { routeSearchLookup } from '#lib/lookups/routes.ts';
import { keyItem, personItem, routeItem, type PaletteItem, type ItemKind } from './palette-item.ts';

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

type SourceAnswers = AsyncGenerator<SourceAnswer>;

async function* searchPeople(text: string, signal: AbortSignal): SourceAnswers {
  if (!text) return yield NOTHING_FOUND;
  const query = { q: text, rest: String(typingRest()) };
  for await (const { rows, total = rows.length, ...rest } of askLines(personsLookup, query, signal))
    yield { ...rest, items: rows.slice(0, MOST_ITEMS).map(personItem), total };
}

async function* searchRoutes(text: string, signal: AbortSignal): SourceAnswers {
  const { rows, ...rest } = await ask(routeSearchLookup, { q: text }, signal);
  yield { ...rest, items: rows.map(routeItem) };
}

async function* searchKeys(text: string, signal: AbortSignal): SourceAnswers {
  const { rows, ...rest } = await ask(keySearchLookup, { q: text }, signal);
  yield { ...rest, items: rows.map(keyItem) };
}
