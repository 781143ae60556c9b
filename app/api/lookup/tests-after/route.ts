import { answerRoute } from '#lib/lookups/answer.ts';
import { testsAfterLookup } from '#lib/lookups/routes.ts';
import { testsAfter } from '#lib/routes/tests/run-after.ts';
import { store } from '#lib/store/database.ts';
import { storeAnswer } from '#lib/store/store-error.ts';

/** What the saved tests that a change touched say; the console runs them once the change has ended. */
export const GET = answerRoute(
  { lookup: testsAfterLookup, scope: 'routes:read', poll: true },
  async ({ session, query: { entry } }) => {
    const read = await storeAnswer(store().then((db) => testsAfter(db, session.server.id, entry)));
    return read.ok ? { tests: read.value } : { problem: 'store_down' };
  },
);
