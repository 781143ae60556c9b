import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { path } from '#lib/omni/door/path.ts';
import { read } from '#lib/omni/cache/read.ts';
import type { Result } from '#lib/omni/result.ts';
import {
  chatAnswer,
  chatPage,
  participantList,
  type Chat,
  type ChatPage,
  type Participant,
} from '#lib/omni/schemas/chats.ts';

/** `search` looks at name, description and external ids; `channel` and `chatType` are comma separated; `limit` ≤ 500, older Omnis ≤ 100. */
export type ChatQuery = {
  instanceId?: string;
  search?: string;
  channel?: string;
  chatType?: string;
  includeArchived?: true;
  limit?: number;
  cursor?: string;
};

/**
 * Chats by last activity. Scope `chats:read`. `hasMore` without a cursor happens: stop there. Pages may be short, and chats
 * that never had a message vanish after the first one (contract §1.6).
 */
export function listChats(
  omni: Omni,
  query: ChatQuery = {},
  signal?: AbortSignal,
): Promise<Result<ChatPage, OmniError>> {
  const { includeArchived, ...rest } = query;
  return read(omni, {
    path: '/chats',
    query: { ...rest, includeArchived: includeArchived && 'true' },
    schema: chatPage,
    signal,
  });
}

/** One chat by its UUID, of any instance. Scope `chats:read` (contract §1.4). */
export function getChat(omni: Omni, id: string, signal?: AbortSignal): Promise<Result<Chat, OmniError>> {
  return read(omni, { path: path`/chats/${id}`, schema: chatAnswer, signal });
}

/** Who takes part in a chat. Scope `chats:read` (contract §6). */
export function listParticipants(omni: Omni, chatId: string): Promise<Result<Participant[], OmniError>> {
  return read(omni, { path: path`/chats/${chatId}/participants`, schema: participantList });
}
