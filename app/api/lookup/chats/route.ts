import { answerRoute } from '#lib/lookups/answer.ts';
import { chatsLookup } from '#lib/lookups/routes.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import { listChats } from '#lib/omni/resources/chats.ts';

const MOST = 20;

/** Chats of an instance while somebody types; an empty query answers the latest ones. */
export const GET = answerRoute({ lookup: chatsLookup }, async ({ omni, query: { instance, q }, signal }) => {
  if (!instance) return { rows: [], problem: 'invalid' };
  const answer = await listChats(omni, { instanceId: instance, search: q || undefined, limit: MOST }, signal);
  if (!answer.ok) return { rows: [], problem: problemOf(answer.error).code };
  const rows = answer.value.items.map(({ id, name, externalId, chatType }) => ({
    id,
    name: name ?? externalId ?? id,
    detail: [chatType, name ? externalId : null].filter(Boolean).join(' · '),
  }));
  return { rows };
});
