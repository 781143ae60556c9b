import { z } from 'zod';
import { flag, json, listOf, number, orNull, text } from './wire.ts';

/** Who is answered: everybody, or what one of four conditions lets through. */
const replyFilter = z.object({
  mode: z.string(),
  conditions: z
    .object({
      onDm: z.boolean().optional(),
      onMention: z.boolean().optional(),
      onReply: z.boolean().optional(),
      onNameMatch: z.boolean().optional(),
      namePatterns: z.array(z.string()).optional(),
    })
    .optional(),
});

/** How an agent answers. On an instance these are the values; on a route null inherits the instance's (contract §2). */
export const agentSettings = {
  agentTimeout: number,
  agentStreamMode: flag,
  agentReplyFilter: orNull(replyFilter),
  agentSessionStrategy: text,
  agentPrefixSenderName: flag,
  agentWaitForMedia: flag,
  agentSendMediaPath: flag,
  agentSendMediaPathTypes: orNull(listOf(z.string())),
  agentGateEnabled: flag,
  agentGateModel: text,
  agentGatePrompt: text,
  messageDebounceMode: text,
  messageDebounceMinMs: number,
  messageDebounceMaxMs: number,
  messageDebounceGroupMs: number,
  messageDebounceRestartOnTyping: flag,
  messageDebounceMaxWaitMs: number,
  messageSplitDelayMode: text,
  messageSplitDelayFixedMs: number,
  messageSplitDelayMinMs: number,
  messageSplitDelayMaxMs: number,
  enableAutoSplit: flag,
  reactionAck: text,
  reactionAckEmoji: json,
  ackTimeoutMs: number,
  agentAckMessage: text,
};
