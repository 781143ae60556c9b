import { z } from 'zod';
import { optionalParam, paramOr } from '#lib/text/params.ts';

export const PAGE_SIZES = [20, 50, 100] as const;

/** The list's state is its address. Garbage, repeats and huge values fall back; none of them reaches Omni. */
export const personsParams = z.object({
  q: paramOr(z.string().trim().max(200), ''),
  at: optionalParam(z.string().max(1200)),
  limit: paramOr(
    z.coerce.number().refine((size) => PAGE_SIZES.some((known) => known === size)),
    20,
  ),
});
