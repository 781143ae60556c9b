import { readAccess } from '#lib/access/rules/read-access.ts';
import { linesRoute } from '#lib/lookups/answer.ts';
import { presenceLookup } from '#lib/lookups/people.ts';
import { fanOut } from '#lib/omni/paging/fan-out.ts';
import { notSeenOf } from '#lib/omni/seen.ts';
import { getPresence } from '#lib/omni/resources/persons.ts';
import { presenceCell } from '#lib/persons/directory/presence-cell.ts';

const AT_ONCE = 4;

/** Channels, last seen, own names and blocks of a list's visible rows, as they come. */
export const GET = linesRoute(
  { lookup: presenceLookup, poll: true },
  async ({ omni, session, query: { ids }, signal }) =>
    async (send) => {
      const access = await readAccess(omni, session);
      await fanOut(omni, ids, { concurrency: AT_ONCE, signal }, async (id, stop) => {
        const answer = await getPresence(omni, id, stop);
        send(
          answer.ok
            ? presenceCell(answer.value, access)
            : { id, name: null, channels: [], seen: 'unknown', blocked: notSeenOf(answer.error), failed: true },
        );
        return answer;
      });
    },
);
