import { z } from 'zod';
import { startOfDay } from '#lib/i18n/local-time.ts';
import type { PeoplePick } from '#lib/persons/people-index/pick.ts';
import { searchedText } from '#lib/omni/limits.ts';
import { optionalParam, paramOr } from '#lib/text/params.ts';

export const PAGE_SIZES = [20, 50, 100] as const;

/** The list's state is its address. Garbage, repeats and huge values fall back; none of them reaches Omni. */
export const personsParams = z.object({
  q: paramOr(z.string().transform(searchedText), ''),
  at: optionalParam(z.string().max(1200)),
  limit: paramOr(
    z.coerce.number().refine((size) => PAGE_SIZES.some((known) => known === size)),
    20,
  ),
  /** Who has none of it, since when they were added, and another order: answered from the directory at hand. */
  without: optionalParam(z.enum(['name', 'phone', 'email'])),
  added: optionalParam(z.iso.date()),
  /** Who an access rule blocks: resolved from the rules. */
  blocked: optionalParam(z.literal('yes')),
  sort: paramOr(z.enum(['-added', 'added', 'name', '-name']), '-added'),
  page: paramOr(z.coerce.number().int().min(1).max(10_000), 1),
});

export type PersonsParams = z.infer<typeof personsParams>;

/** Whether a list is more than Omni's own: filtered, or in another order. */
export function isPicked({ without, added, blocked, sort }: PersonsParams): boolean {
  return blocked !== undefined || without !== undefined || added !== undefined || sort !== '-added';
}

/** What an address picks from the directory at hand; days are days in the reader's zone. */
export function pickOf({ without, added, sort }: PersonsParams, timeZone: string): PeoplePick {
  return { without, sort, since: added === undefined ? undefined : startOfDay(added, timeZone) };
}
