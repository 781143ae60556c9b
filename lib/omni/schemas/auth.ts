import { z } from 'zod';
import { data } from './wire.ts';

/** `keyPrefix` is left out: it is made from the row's id, not from the key (contract §4). */
export const validation = data(
  z.object({
    valid: z.literal(true),
    keyName: z.string(),
    scopes: z.array(z.string()),
    credential: z
      .object({ class: z.string().optional(), role: z.string().optional(), expiresAt: z.string().nullish() })
      .nullish()
      .transform((value) => value ?? undefined),
  }),
);

export type Validation = z.infer<typeof validation>;
