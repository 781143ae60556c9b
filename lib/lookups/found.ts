import * as z from './shape.ts';
import type { KeyHit } from '#lib/keys/list/find.ts';
import type { KeyWeek } from '#lib/keys/requests/week.ts';
import { ids, problem, rowOf, searchText } from './lookup.ts';

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
