import { z } from 'zod';

export const PAGE_SIZES = [20, 50, 100] as const;

const one = (value: unknown) => (Array.isArray(value) ? value[0] : value);

/** The list's state is its address. Garbage, repeats and huge values fall back; none of them reaches Omni. */
export const personsParams = z.object({
  q: z.preprocess(one, z.string().trim().max(200)).catch(''),
  at: z.preprocess(one, z.string().max(1200)).optional().catch(undefined),
  limit: z
    .preprocess(
      one,
      z.coerce.number().refine((size) => PAGE_SIZES.some((known) => known === size)),
    )
    .catch(20),
});
