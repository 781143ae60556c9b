import { savedTestsParams } from '#app/(console)/routes/search-params.ts';
import type { CsvLine } from '#lib/actions/csv-file.ts';
import { csvRoute } from '#lib/actions/csv-route.ts';
import { readingFresh } from '#lib/omni/cache/read.ts';
import { instancesSnapshot } from '#lib/omni/cache/snapshot.ts';
import { ok } from '#lib/omni/result.ts';
import type { AgentLabel } from '#lib/routes/resolve/resolution-view.ts';
import { runSavedTests } from '#lib/routes/tests/run-saved-tests.ts';
import { listSavedTests } from '#lib/routes/tests/saved-tests.ts';
import { store } from '#lib/store/database.ts';

const COLUMNS = [
  'state',
  'expected',
  'got',
  'by',
  'title',
  'instance',
  'chat_id',
  'person_id',
  'id',
  'created_at',
] as const;

/** Every saved test with its result now. */
export const GET = csvRoute({
  scope: 'routes:read',
  params: savedTestsParams,
  read: async ({ omni, session, params: { instance } }) => {
    const [instances, savedTests] = await Promise.all([
      instancesSnapshot(omni),
      store().then((db) => listSavedTests(db, session.server.id, instance)),
    ]);
    if (!instances.ok) return instances;
    const results = await runSavedTests(readingFresh(omni), session, savedTests, instances.value);
    async function* lines(): AsyncGenerator<CsvLine> {
      for (const each of results)
        yield [
          each.state,
          named(each.expected),
          named(each.got),
          each.verdict.is === 'answers' ? '' : each.verdict.why,
          each.title,
          each.instance,
          each.chatId,
          each.personId,
          each.id,
          { moment: each.createdAt },
        ];
      if (results.length < savedTests.length) yield { missing: 'rows_may_be_missing' };
    }
    return ok({
      name: instance.length > 0 ? 'saved-tests-of-instance' : 'saved-tests',
      columns: COLUMNS,
      lines: lines(),
    });
  },
});

/** An agent's name, or in brackets what there is instead of one. */
function named(agent: AgentLabel): string {
  return agent.is === 'named' ? agent.name : `(${agent.is})`;
}
