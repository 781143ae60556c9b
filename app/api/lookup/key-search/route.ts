import { bestKeys, keyHit, type KeysFound } from '#lib/keys/list/find.ts';
import { listedKey } from '#lib/keys/list/listed-key.ts';
import { readAllKeys } from '#lib/keys/list/read-all.ts';
import { answerRoute } from '#lib/lookups/answer.ts';
import { keySearchLookup } from '#lib/lookups/found.ts';
import { omniNow } from '#lib/omni/resources/health.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import { allows } from '#lib/scopes/scopes.ts';

const MOST = 6;

/** The few keys that match best while somebody types. Without `keys:read` Omni isn't called. */
export const GET = answerRoute({ lookup: keySearchLookup }, async ({ omni, session, query: { q }, signal }) => {
  if (allows(session.scopes, 'keys:read') === 'no') return failed('forbidden');
  const [answer, now] = await Promise.all([readAllKeys(omni, signal), omniNow(omni)]);
  if (!answer.ok) return failed(problemOf(answer.error).code);
  const { keys, hidden } = answer.value;
  const fitting = bestKeys(
    keys.map((seen) => listedKey(seen, now)),
    q,
  );
  return { rows: fitting.slice(0, MOST).map(keyHit), total: fitting.length, incomplete: hidden.length > 0 };
});

function failed(problem: string): KeysFound {
  return { rows: [], total: 0, incomplete: false, problem };
}
