import { z } from 'zod';
import { data, int4, items, text, time, timeOrNull, uuid } from './wire.ts';

/** A rule whose only criterion is `personId` never matches (contract §6). `instanceId: null` is every instance. */
export const accessRule = z.object({
  id: z.string(),
  instanceId: text,
  ruleType: z.string(),
  phonePattern: text,
  platformUserId: text,
  personId: text,
  priority: z.number(),
  enabled: z.boolean(),
  reason: text,
  expiresAt: timeOrNull,
  action: z.string(),
  blockMessage: text,
  createdAt: time,
  updatedAt: time,
});

export const accessRuleAnswer = data(accessRule);
export const accessRuleList = items(accessRule);

export const accessCheckAnswer = data(
  z.object({
    allowed: z.boolean(),
    reason: text,
    mode: text,
    rule: z
      .object({ id: z.string(), ruleType: z.string().optional(), action: z.string().optional() })
      .nullish()
      .transform((value) => value ?? null),
  }),
);

/** Null is refused for all but `instanceId`, so nothing but that can be cleared (cases L14–L23, N3–N33). */
const fields = {
  phonePattern: z.string().min(1).max(50).optional(),
  platformUserId: z.string().min(1).max(255).optional(),
  personId: uuid.optional(),
  priority: int4.optional(),
  enabled: z.boolean().optional(),
  reason: z.string().optional(),
  expiresAt: z.iso.datetime().optional(),
  action: z.enum(['block', 'allow', 'silent_block']).optional(),
  blockMessage: z.string().optional(),
};

/** `action` is block even for an allow rule unless told (case L2). */
export const accessRuleBody = z
  .strictObject({ instanceId: uuid.nullable().optional(), ruleType: z.enum(['allow', 'deny']), ...fields })
  .refine((body) => body.phonePattern || body.platformUserId || body.personId, 'needs a criterion');

/** Never the instance: it would move the rule to another one (case N35). */
export const accessRulePatch = z.strictObject({ ruleType: z.enum(['allow', 'deny']).optional(), ...fields });

export const accessCheckBody = z.strictObject({ instanceId: uuid, platformUserId: z.string(), channel: z.string() });

export type AccessRule = z.infer<typeof accessRule>;
export type AccessRuleBody = z.infer<typeof accessRuleBody>;
export type AccessRulePatch = z.infer<typeof accessRulePatch>;
export type AccessCheck = z.infer<typeof accessCheckAnswer>;
export type AccessCheckBody = z.infer<typeof accessCheckBody>;
