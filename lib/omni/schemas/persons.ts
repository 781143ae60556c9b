import { z } from 'zod';
import { jsonObject } from '#lib/omni/json.ts';
import { data, json, number, page, text, time, timeOrNull, uuid } from './wire.ts';

const person = z.object({
  id: z.string(),
  displayName: text,
  primaryPhone: text,
  primaryEmail: text,
  avatarUrl: text,
  metadata: json,
  createdAt: time,
  updatedAt: time,
});

const identity = z.object({
  id: z.string(),
  personId: text,
  agentId: text,
  channel: z.string(),
  instanceId: text,
  platformUserId: z.string(),
  platformUsername: text,
  messageCount: z.number(),
  lastSeenAt: timeOrNull,
  firstSeenAt: timeOrNull,
  linkedBy: text,
  /** 0 to 100. */
  confidence: number,
  linkReason: text,
  createdAt: time,
  updatedAt: time,
});

const summary = z.object({
  totalIdentities: z.number(),
  activeChannels: z.array(z.string()),
  totalMessages: z.number(),
  lastSeenAt: timeOrNull,
  firstSeenAt: timeOrNull,
});

/** Stored activity, not who is online (contract §3). */
export const presence = data(
  z.object({
    person,
    identities: z.array(identity),
    summary,
    byChannel: z.record(z.string(), z.object({ messageCount: z.number(), lastSeenAt: timeOrNull })),
  }),
);

/** An event of a person's. `rawPayload`, `agentRequest` and `agentResponse` are left out. */
const timelineEvent = z.object({
  id: z.string(),
  channel: z.string(),
  instanceId: text,
  platformIdentityId: text,
  eventType: z.string(),
  direction: text,
  contentType: text,
  textContent: text,
  transcription: text,
  mediaMimeType: text,
  chatId: text,
  status: text,
  errorStage: text,
  receivedAt: time,
});

export const personAnswer = data(person);
/** Lists tell the tenant of a row: null without one, absent in the February generation. Searches do not (contract §3). */
export const personPage = page(person.extend({ tenantId: z.string().nullish() }));
export const personHits = z.object({ items: z.array(person) });
export const timelinePage = page(timelineEvent);
export const mergeAnswer = data(
  z.object({ person, mergedIdentityIds: z.array(z.string()), deletedPersonId: z.string() }),
);
export const unlinkAnswer = data(z.object({ person, identity }));

/** What `PATCH /persons/:id` takes (contract §3): a name can't be cleared, `metadata` is replaced whole. */
export const personPatch = z.strictObject({
  displayName: z.string().max(255).optional(),
  primaryPhone: z.string().max(50).nullable().optional(),
  primaryEmail: z.email().max(255).nullable().optional(),
  avatarUrl: z.url().nullable().optional(),
  metadata: jsonObject.nullable().optional(),
});

export const mergeBody = z.strictObject({
  sourcePersonId: uuid,
  targetPersonId: uuid,
  reason: z.string().min(1).optional(),
});
export const linkBody = z.strictObject({ identityA: uuid, identityB: uuid });
export const unlinkBody = z.strictObject({ identityId: uuid, reason: z.string().min(1) });

export type Person = z.infer<typeof person>;
export type Identity = z.infer<typeof identity>;
export type Presence = z.infer<typeof presence>;
export type TimelinePage = z.infer<typeof timelinePage>;
export type PersonPage = z.infer<typeof personPage>;
export type PersonPatch = z.infer<typeof personPatch>;
export type MergeBody = z.infer<typeof mergeBody>;
export type MergeAnswer = z.infer<typeof mergeAnswer>;
export type LinkBody = z.infer<typeof linkBody>;
export type UnlinkBody = z.infer<typeof unlinkBody>;
export type UnlinkAnswer = z.infer<typeof unlinkAnswer>;
