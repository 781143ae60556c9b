import { z } from 'zod';
import { optionalParam } from '#lib/text/params.ts';
import type { AuditFilter } from '#lib/keys/requests/audit-filter.ts';
import { isoOf } from '#lib/i18n/local-time.ts';

const text = (schema: z.ZodString) => optionalParam(schema);
const local = optionalParam(z.string().refine((text) => isoOf(text, 'UTC') !== null));

/** The address parameters of a key's requests; invalid ones are dropped. `since` and `until` are times of the reader's own clock. */
export const auditParams = z.object({
  status: optionalParam(z.coerce.number().int().min(100).max(599)),
  path: text(z.string().trim().min(1).max(200)),
  since: local,
  until: local,
  method: text(z.string().regex(/^(GET|POST|PATCH|PUT|DELETE)$/)),
  ip: text(z.string().regex(/^[0-9a-fA-F:.]{1,45}$/)),
  at: text(z.string().max(1200)),
});

export type AuditSearchParams = Omit<z.infer<typeof auditParams>, 'at'>;

/** The filter behind the parameters, its times in UTC; a minute that was named as the end is in it. */
export function auditFilterOf({ since, until, ...rest }: AuditSearchParams, timeZone: string): AuditFilter {
  const [from, to] = [since, until].map((local) => (local ? isoOf(local, timeZone) : null));
  return {
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
    ...(from ? { since: from } : {}),
    ...(to ? { until: to.replace(':00.000Z', ':59.999Z') } : {}),
  };
}
