import { answerRoute } from '#lib/lookups/answer.ts';
import { chatsLookup } from '#lib/lookups/routes.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import { listChats } from '#lib/omni/resources/chats.ts';

const MOST = 20;

/** Chats of an instance while somebody types, archived ones too; an empty query answers the latest ones. */
export const GET = answerRoute({ lookup: chatsLookup }, async ({ omni, query: { instance, q }, signal }) => {
  const asked = { instanceId: instance, limit: MOST, ...(q ? { search: q, includeArchived: true as const } : {}) };
  const answer = await listChats(omni, asked, signal);
  if (!answer.ok) return { rows: [], problem: problemOf(answer.error).code };
  const rows = answer.value.items.map(({ id, name, externalId, chatType, archivedAt }) => ({
    id,
    name: name ?? externalId ?? id,
    detail: [chatType, name ? externalId : null].filter(Boolean).join(' · '),
    ...(archivedAt ? { archived: true } : {}),
  }));
  return { rows };
});
