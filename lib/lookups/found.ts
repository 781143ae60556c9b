import * as z from './shape.ts';
import type { KeyHit } from '#lib/keys/list/find.ts';
import type { RouteHit } from '#lib/routes/list/find.ts';
import type { KeyWeek } from '#lib/keys/requests/week.ts';
import { ids, problem, rowOf, searchText } from './lookup.ts';

const MOST_RECENT = 8;

/** The few keys that fit a text best. */
export const keySearchLookup = {
  address: '/api/lookup/key-search',
  query: z.object({ q: searchText }),
  answer: z.object({ rows: z.array(rowOf<KeyHit>()), total: z.number(), incomplete: z.boolean(), problem }),
};

/** The requests of keys in the last seven days, a line for each key; `week` is null where they could not be counted. */
export const keyWeeksLookup = {
  address: '/api/lookup/key-weeks',
  query: z.object({ ids: ids(100) }),
  answer: rowOf<{ id: string; week: KeyWeek | null }>(),
};

/** Names of what a browser opened lately; routes as `<instance>:<route>`. What is gone is left out. */
export const recentLookup = {
  address: '/api/lookup/recent',
  query: z.object({ persons: ids(MOST_RECENT), routes: z.optional(z.string()), keys: ids(MOST_RECENT) }),
  answer: z.object({
    persons: z.array(rowOf<{ id: string; name: string | null }>()),
    routes: z.array(rowOf<RouteHit>()),
    keys: z.array(rowOf<KeyHit>()),
  }),
};
