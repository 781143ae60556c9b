import { z } from 'zod';
import { time } from './wire.ts';

/** `connected` counts instances marked active, not live connections (behaviour, short list 31). `uptime` in seconds, `timestamp` the server's clock. */
export const health = z.object({
  status: z.string(),
  version: z.string().optional(),
  uptime: z.number().optional(),
  timestamp: time.optional().catch(undefined),
  checks: z
    .object({ database: z.object({ status: z.string(), latency: z.number().optional() }).optional() })
    .optional(),
  instances: z
    .object({
      total: z.number(),
      connected: z.number(),
      byChannel: z.record(z.string(), z.number()).optional(),
    })
    .optional(),
});

export type Health = z.infer<typeof health>;
