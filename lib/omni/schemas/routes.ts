import { z } from 'zod';
import { agentSettings } from './agent-settings.ts';
import { data, int4, items, text, time, uuid } from './wire.ts';

export const route = z.object({
  id: z.string(),
  instanceId: z.string(),
  /** `chat` or `user`. */
  scope: z.string(),
  chatId: text,
  personId: text,
  /** A UUID of `/agents`; in the older generation a name at the provider `agentProviderId` (contract §9). */
  agentId: text,
  agentProviderId: text,
  agentType: text,
  ...agentSettings,
  label: text,
  priority: z.number(),
  isActive: z.boolean(),
  createdAt: time,
  updatedAt: time,
});

export const routeAnswer = data(route);
export const routeList = items(route);

/** Of one Omni process since its start; `hitRate` is a percentage (contract §2). */
export const routeMetricsAnswer = data(
  z.object({
    cache: z.object({
      hits: z.number(),
      misses: z.number(),
      sets: z.number(),
      invalidations: z.number(),
      lastQueryMs: z.number().nullish(),
      cacheSize: z.number(),
      hitRate: z.number(),
    }),
    timestamp: z.union([z.string(), z.number()]),
  }),
);

const positive = int4.min(1);
const ms = int4.min(0);

const replyFilterBody = z.strictObject({
  mode: z.enum(['all', 'filtered']),
  conditions: z.strictObject({
    onDm: z.boolean(),
    onMention: z.boolean(),
    onReply: z.boolean(),
    onNameMatch: z.boolean(),
    namePatterns: z.array(z.string()).optional(),
  }),
});

/** Overrides Omni lets a caller write; `agentSendMediaPathTypes` is not among them (contract §2). */
const overrides = z.strictObject({
  agentTimeout: positive,
  agentStreamMode: z.boolean(),
  agentReplyFilter: replyFilterBody,
  agentSessionStrategy: z.enum(['per_user', 'per_chat']),
  agentPrefixSenderName: z.boolean(),
  agentWaitForMedia: z.boolean(),
  agentSendMediaPath: z.boolean(),
  agentGateEnabled: z.boolean(),
  agentGateModel: z.string().max(120),
  agentGatePrompt: z.string(),
  messageDebounceMode: z.enum(['disabled', 'fixed', 'randomized', 'presence']),
  messageDebounceMinMs: ms,
  messageDebounceMaxMs: ms,
  messageDebounceGroupMs: ms,
  messageDebounceRestartOnTyping: z.boolean(),
  messageDebounceMaxWaitMs: ms,
  messageSplitDelayMode: z.enum(['disabled', 'fixed', 'randomized']),
  messageSplitDelayFixedMs: ms,
  messageSplitDelayMinMs: ms,
  messageSplitDelayMaxMs: ms,
  enableAutoSplit: z.boolean(),
  reactionAck: z.enum(['off', 'on']),
  reactionAckEmoji: z.record(z.string(), z.string()),
  ackTimeoutMs: positive,
  agentAckMessage: z.string(),
  label: z.string().max(255),
});

/** A create takes no nulls: what is to be inherited is left out. */
const newOverrides = overrides.partial().extend({ priority: int4.optional(), isActive: z.boolean().optional() });

export const routeBody = z.discriminatedUnion('scope', [
  newOverrides.extend({ scope: z.literal('chat'), chatId: uuid, agentId: uuid }),
  newOverrides.extend({ scope: z.literal('user'), personId: uuid, agentId: uuid }),
]);

/** Null inherits again; `agentId: null` leaves the instance's agent. Scope, chat and person can't be changed (contract §2). */
export const routePatch = z
  .strictObject(nullable(overrides.shape))
  .partial()
  .extend({ agentId: uuid.nullable().optional(), priority: int4.optional(), isActive: z.boolean().optional() });

type Nullable<S extends z.ZodRawShape> = { [K in keyof S]: z.ZodNullable<S[K]> };

function nullable<S extends z.ZodRawShape>(shape: S): Nullable<S> {
  const fields = Object.entries(shape).map(([name, schema]) => [name, z.nullable(schema as z.ZodType)]);
  return Object.fromEntries(fields) as Nullable<S>;
}

export type Route = z.infer<typeof route>;
export type RouteMetrics = z.infer<typeof routeMetricsAnswer>;
export type RouteBody = z.infer<typeof routeBody>;
export type RoutePatch = z.infer<typeof routePatch>;
