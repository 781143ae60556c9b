import * as z from './shape.ts';
import type { KeyHit } from '#lib/keys/list/find.ts';
import { problem, rowOf, searchText } from './lookup.ts';

/** The few keys that fit a text best. */
export const keySearchLookup = {
  address: '/api/lookup/key-search',
  query: z.object({ q: searchText }),
  answer: z.object({ rows: z.array(rowOf<KeyHit>()), total: z.number(), incomplete: z.boolean(), problem }),
};
