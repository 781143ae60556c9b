import { linesRoute } from '#lib/lookups/answer.ts';
import { routeNamesLookup } from '#lib/lookups/routes.ts';
import { isUuid } from '#lib/omni/door/path.ts';
import { readNames, type TargetRef } from '#lib/routes/list/names.ts';

const MOST = 100;

/** Names of a list's rows, as they come. */
export const GET = linesRoute(
  { lookup: routeNamesLookup, poll: true },
  async ({ omni, session, query: { chats = '', persons }, signal }) =>
    async (send) => {
      const people = persons.map((id): TargetRef => ({ scope: 'user', id, instanceId: '' }));
      const targets = [...chatsOf(chats), ...people].slice(0, MOST);
      await readNames(omni, session.scopes, targets, { signal, onName: send });
    },
);

function chatsOf(text: string): TargetRef[] {
  return text.split(';').flatMap((group) => {
    const [instanceId = '', ids = ''] = group.split(':');
    const chats = isUuid(instanceId) ? ids.split(',').filter(isUuid) : [];
    return chats.map((id): TargetRef => ({ scope: 'chat', id, instanceId }));
  });
}
