import * as z from './shape.ts';
import type { DirectoryState } from '#lib/persons/people-index/directory.ts';
import type { PhonePreview } from '#lib/persons/directory/phone-input.ts';
import type { PresenceCell } from '#lib/persons/directory/presence-cell.ts';
import type { PersonRow } from '#lib/persons/directory/row.ts';
import type { ComparedPair } from '#lib/persons/duplicates/queue.ts';
import { ids, oneId, problem, rowOf, searchText } from './lookup.ts';

/**
 * People by a text: those at hand at once, then a line for each answer of Omni's; always all hits so far. `rest`: somebody types, so
 * Omni is asked after so many milliseconds. `total`: of all who match, where that is known.
 */
export const personsLookup = {
  address: '/api/lookup/persons',
  query: z.object({ q: searchText, rest: z.optional(z.string()) }),
  answer: z.object({
    rows: z.array(rowOf<PersonRow>()),
    pending: z.boolean(),
    incomplete: z.boolean(),
    total: z.optional(z.number()),
    problem,
    /** What the sentences of the problem are filled with. */
    values: z.optional(z.record(z.string(), z.union([z.string(), z.number()]))),
  }),
};

/** How far the directory at hand has come; asking for it has it read. */
export const directoryLookup = {
  address: '/api/lookup/directory',
  query: z.object({}),
  answer: z.custom<DirectoryState>((state) => typeof state === 'object' && state !== null && 'whole' in state),
};

/** Two people who may be one, as Omni has them now: null where one is gone. */
export const duplicateLookup = {
  address: '/api/lookup/duplicate',
  query: z.pipe(
    z.object({ one: oneId, other: oneId }),
    z.custom<{ one: string; other: string }>((pair) => {
      const { one, other } = pair as { one: string; other: string };
      return one !== other;
    }),
  ),
  answer: z.custom<ComparedPair>((pair) => typeof pair === 'object' && pair !== null && 'evidence' in pair),
};

/** Channels, last seen and own names of people, a line each. */
export const presenceLookup = {
  address: '/api/lookup/presence',
  query: z.object({ ids: ids(100) }),
  answer: rowOf<PresenceCell & { failed?: true }>(),
};

/** What a typed phone will be stored as, or why it won't be; null where there is nothing to say. */
export const phoneLookup = {
  address: '/api/lookup/phone',
  query: z.object({ q: searchText }),
  answer: z.custom<PhonePreview>((preview) => typeof preview === 'object'),
};
