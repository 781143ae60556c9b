import { z } from 'zod';
import { data, flag, items, listOf, number, optionalText, text, time, timeOrNull } from './wire.ts';

const chat = z.object({
  id: z.string(),
  instanceId: text,
  externalId: text,
  canonicalId: text,
  chatType: z.string(),
  channel: z.string(),
  name: text,
  description: text,
  participantCount: number,
  messageCount: number,
  unreadCount: number,
  lastMessageAt: timeOrNull,
  labels: listOf(z.string()),
  archivedAt: timeOrNull,
  createdAt: time,
  updatedAt: time,
});

export const chatAnswer = data(chat);

export const chatPage = z.object({
  items: z.array(chat),
  meta: z.object({ hasMore: z.boolean(), cursor: optionalText, total: z.number().optional() }),
});

const participant = z.object({
  id: z.string(),
  chatId: z.string(),
  personId: text,
  platformIdentityId: text,
  platformUserId: text,
  displayName: text,
  role: text,
  isActive: flag,
  lastSeenAt: timeOrNull,
});

export const participantList = items(participant);

export type Chat = z.infer<typeof chat>;
export type ChatPage = z.infer<typeof chatPage>;
export type Participant = z.infer<typeof participant>;
