import { z } from 'zod';
import { data, int4, ipAddress, listOf, number, optionalText, orNull, text, time, timeOrNull, uuid } from './wire.ts';

/** As many keys as Omni lists: with more, the newest can't be reached by the list (contract §1.6). */
export const KEYS_LIMIT = 100;

const overrides = z.object({
  add: z.array(z.string()).optional(),
  remove: z.array(z.string()).optional(),
  denylistPresetKey: z.string().nullish(),
  denylistExtras: z.array(z.string()).optional(),
});

/**
 * A key's row without what could stand for the key itself. `status` stays `active` when a key expires, `rateLimit` isn't
 * enforced, `updatedAt` moves with every use, and `instanceIds: null` means all instances (contract §5).
 */
export const key = z.object({
  id: z.string(),
  name: z.string(),
  description: text,
  keyPrefix: z.string(),
  // Omni stores one twice, which gives nothing more (contract §1.3).
  scopes: z.array(z.string()).transform((all) => [...new Set(all)]),
  profile: text,
  profileOverrides: orNull(overrides),
  chatAllowlist: listOf(z.string()),
  instanceAllowlist: listOf(z.string()),
  outboundRecipientAllowlist: listOf(z.string()),
  instanceIds: orNull(z.array(z.string())),
  status: z.string(),
  rateLimit: number,
  expiresAt: timeOrNull,
  lastUsedAt: timeOrNull,
  lastUsedIp: ipAddress,
  usageCount: number,
  revokedAt: timeOrNull,
  revokedBy: text,
  revokeReason: text,
  createdAt: time,
  createdBy: text,
  updatedAt: time,
});

export const keyAnswer = data(key);
/** `meta.total` is left out: it is the number of rows in the answer (contract §1.6). */
export const keyList = z.object({ items: z.array(key) }).transform((answer) => answer.items);
/** The only answer that holds a key, once. */
export const newKeyAnswer = data(key.extend({ plainTextKey: z.string() }));
export const deletedAnswer = data(z.object({ deleted: z.literal(true) }))
  .optional()
  .transform(() => undefined);

const keyAuditEntry = z.object({
  id: z.string(),
  method: z.string(),
  path: z.string(),
  statusCode: z.number(),
  ipAddress,
  userAgent: text,
  responseTimeMs: number,
  timestamp: time,
});

/** Omni counts `meta.total` with the cursor in it: what is left from this page on, this page included (contract §7.1). */
export const keyAuditPage = z.object({
  items: z.array(keyAuditEntry),
  meta: z
    .object({ hasMore: z.boolean(), cursor: optionalText, total: number })
    .transform(({ total, ...meta }) => ({ ...meta, remaining: total })),
});

const utc = z.iso.datetime();
const scopes = z.array(z.string().min(1)).min(1);

/** Contract §5.1: scopes or a profile; `instanceIds` left out means all, `[]` none; times in UTC with `Z`. */
export const keyBody = z.strictObject({
  name: z.string().min(1).max(255),
  description: z.string().optional(),
  scopes: scopes.optional(),
  instanceIds: z.array(uuid).optional(),
  rateLimit: int4.min(1).optional(),
  expiresAt: utc.optional(),
  profile: z.string().optional(),
  overrides: z.strictObject(overrides.shape).optional(),
  chatAllowlist: z.array(z.string()).optional(),
  instanceAllowlist: z.array(uuid).optional(),
  outboundRecipientAllowlist: z.array(z.string()).optional(),
  owner: z.string().optional(),
});

/** Contract §5: status, profile and allowlists can't be changed. */
export const keyPatch = z.strictObject({
  name: z.string().min(1).max(255).optional(),
  description: z.string().nullable().optional(),
  scopes: scopes.optional(),
  instanceIds: z.array(uuid).nullable().optional(),
  rateLimit: int4.min(1).nullable().optional(),
  expiresAt: utc.nullable().optional(),
});

export const revokeBody = z.strictObject({ reason: z.string().optional(), revokedBy: z.string().optional() });

export type Key = z.infer<typeof key>;
export type NewKey = z.infer<typeof newKeyAnswer>;
export type KeyBody = z.infer<typeof keyBody>;
export type KeyPatch = z.infer<typeof keyPatch>;
export type RevokeBody = z.infer<typeof revokeBody>;
/** One call of a key. `path` is without its query; `ipAddress` what a proxy said (contract §7.1). */
export type KeyCall = z.infer<typeof keyAuditEntry>;
export type KeyAuditPage = z.infer<typeof keyAuditPage>;
