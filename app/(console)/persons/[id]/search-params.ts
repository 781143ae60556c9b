import { z } from 'zod';

const one = (value: unknown) => (Array.isArray(value) ? value[0] : value);
const day = z.preprocess(one, z.iso.date()).optional().catch(undefined);

/** What the timeline of a person shows; garbage falls away. */
export const timelineParams = z.object({
  channel: z
    .preprocess(one, z.string().regex(/^[a-z0-9-]{1,40}$/))
    .optional()
    .catch(undefined),
  since: day,
  until: day,
  at: z.preprocess(one, z.string().max(1200)).optional().catch(undefined),
});
