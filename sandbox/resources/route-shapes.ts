import * as z from '../wire/zod-shapes.ts';

const above0 = () => z.number({ int: true, above: 0 });
const from0 = () => z.number({ int: true, min: 0 });

const replyFilter = z.object({
  mode: z.oneOf(['all', 'filtered']),
  conditions: z.object({
    onDm: z.boolean(),
    onMention: z.boolean(),
    onReply: z.boolean(),
    onNameMatch: z.boolean(),
    namePatterns: z.optional(z.array(z.string())),
  }),
});

/** Every override and its limits (contract §2). `null` means inherit, in a PATCH only. */
const OVERRIDES = {
  agentTimeout: above0(),
  agentStreamMode: z.boolean(),
  agentReplyFilter: replyFilter,
  agentSessionStrategy: z.oneOf(['per_user', 'per_chat']),
  agentPrefixSenderName: z.boolean(),
  agentWaitForMedia: z.boolean(),
  agentSendMediaPath: z.boolean(),
  agentGateEnabled: z.boolean(),
  agentGateModel: z.string({ max: 120 }),
  agentGatePrompt: z.string(),
  messageDebounceMode: z.oneOf(['disabled', 'fixed', 'randomized', 'presence']),
  messageDebounceMinMs: from0(),
  messageDebounceMaxMs: from0(),
  messageDebounceGroupMs: from0(),
  messageDebounceRestartOnTyping: z.boolean(),
  messageDebounceMaxWaitMs: from0(),
  messageSplitDelayMode: z.oneOf(['disabled', 'fixed', 'randomized']),
  messageSplitDelayFixedMs: from0(),
  messageSplitDelayMinMs: from0(),
  messageSplitDelayMaxMs: from0(),
  enableAutoSplit: z.boolean(),
  reactionAck: z.oneOf(['off', 'on']),
  reactionAckEmoji: z.record(z.string()),
  ackTimeoutMs: above0(),
  agentAckMessage: z.string(),
  label: z.string({ max: 255 }),
} satisfies z.Fields;

/** The overrides without the label: what an instance has a value of its own for. */
export const OVERRIDE_NAMES = Object.keys(OVERRIDES).filter((name) => name !== 'label');

const mapFields = (change: (shape: z.Shape<unknown>) => z.Shape<unknown>): z.Fields =>
  Object.fromEntries(Object.entries(OVERRIDES).map(([name, shape]) => [name, change(shape)]));

const always = { priority: z.optional(z.number({ int: true })), isActive: z.optional(z.boolean()) };

const required = (column: string, scope: string) => `${column} required (and only allowed) when scope is "${scope}"`;

/** Both rules speak when a user-scope body carries a chat (contract §2, behaviour F14, F15). */
export const createRouteBody = z.refine(
  z.object({
    scope: z.oneOf(['chat', 'user']),
    chatId: z.optional(z.uuid()),
    personId: z.optional(z.uuid()),
    agentId: z.uuid(),
    ...mapFields((shape) => z.optional(shape)),
    ...always,
  }),
  ({ scope, chatId, personId }) => [
    ...((scope === 'chat') === (chatId !== undefined) ? [] : [required('chatId', 'chat')]),
    ...((scope === 'user') === (personId !== undefined) ? [] : [required('personId', 'user')]),
  ],
);

/** `scope`, `chatId` and `personId` are dropped without a word (behaviour F26). */
export const patchRouteBody = z.object({
  agentId: z.optional(z.nullable(z.uuid())),
  ...mapFields((shape) => z.optional(z.nullable(shape))),
  ...always,
});

/** The one flag of Omni's queries that reads `false` as false (contract §1.6, behaviour F3, F4). */
export const listRoutesQuery = z.object({
  scope: z.optional(z.oneOf(['chat', 'user'])),
  isActive: z.optional(
    z.union(
      z.boolean(),
      z.transform(z.oneOf(['true', 'false', '1', '0']), (text) => text === 'true' || text === '1'),
    ),
  ),
});
