import { z } from 'zod';
import { optionalParam } from '#lib/text/params.ts';

const day = optionalParam(z.iso.date());

/** What the timeline of a person shows; garbage falls away. */
export const timelineParams = z.object({
  channel: optionalParam(z.string().regex(/^[a-z0-9-]{1,40}$/)),
  since: day,
  until: day,
  at: optionalParam(z.string().max(1200)),
});
