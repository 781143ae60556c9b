import { requestIntl } from '#lib/i18n/server.ts';
import { weekOfKey } from '#lib/keys/requests/week.ts';
import { linesRoute } from '#lib/lookups/answer.ts';
import { keyWeeksLookup } from '#lib/lookups/found.ts';
import { omniNow } from '#lib/omni/resources/health.ts';
import { fanOut } from '#lib/omni/paging/fan-out.ts';

const AT_ONCE = 4;

/** Requests of the keys in sight in the last seven days of the reader's, as they come. */
export const GET = linesRoute(
  { lookup: keyWeeksLookup, scope: 'keys:read', poll: true },
  async ({ omni, query: { ids }, signal }) =>
    async (send) => {
      const [{ timeZone }, now] = await Promise.all([requestIntl(), omniNow(omni)]);
      await fanOut(omni, ids, { concurrency: AT_ONCE, signal }, async (id, stop) => {
        const answer = await weekOfKey(omni, id, { now, timeZone, signal: stop });
        send({ id, week: answer.ok ? answer.value : null });
        return answer;
      });
    },
);
