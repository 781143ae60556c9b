import * as z from './shape.ts';
import type { PhonePreview } from '#lib/persons/directory/phone-input.ts';
import type { PresenceCell } from '#lib/persons/directory/presence-cell.ts';
import type { PersonRow } from '#lib/persons/directory/row.ts';
import { ids, problem, rowOf, searchText } from './lookup.ts';

/** People by a text, a line for each answer of Omni's: all hits so far. */
export const personsLookup = {
  address: '/api/lookup/persons',
  query: z.object({ q: searchText }),
  answer: z.object({
    rows: z.array(rowOf<PersonRow>()),
    pending: z.boolean(),
    incomplete: z.boolean(),
    problem,
    /** What the sentences of the problem are filled with. */
    values: z.optional(z.record(z.string(), z.union([z.string(), z.number()]))),
  }),
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
