import { z } from 'zod';
import { data, ipAddress, listOf, page, text, time } from './wire.ts';

const SECRET = /hash|token|secret|password|api_?key$|plaintext/i;

/** Before and after of each changed field; secret ones, which Omni gives as digests, keep their name only (contract §7.2). */
const changes = z
  .record(z.string(), z.object({ before: z.unknown(), after: z.unknown() }))
  .nullish()
  .transform((all) =>
    Object.fromEntries(
      Object.entries(all ?? {}).map(([field, { before, after }]) =>
        SECRET.test(field)
          ? [field, { before: null, after: null, hidden: true }]
          : [field, { before, after, hidden: false }],
      ),
    ),
  );

const auditEntry = z.object({
  id: z.string(),
  apiKeyId: text,
  apiKeyName: text,
  actor: text,
  requestId: text,
  ipAddress,
  userAgent: text,
  method: z.string(),
  path: z.string(),
  statusCode: z.number(),
  action: z.string(),
  targetType: text,
  targetId: text,
  changedFields: listOf(z.string()),
  changes,
  createdAt: time,
});

export const auditAnswer = data(auditEntry);
export const auditPage = page(auditEntry);

export type AuditEntry = z.infer<typeof auditEntry>;
export type AuditPage = z.infer<typeof auditPage>;
