import type { NextRequest } from 'next/server';
import { savedTestsParams } from '#app/(console)/routes/search-params.ts';
import { requestIntl } from '#lib/i18n/server.ts';
import { noFileFor } from '#lib/omni/paging/no-file.ts';
import { readingFresh } from '#lib/omni/cache/read.ts';
import { instancesSnapshot } from '#lib/omni/cache/snapshot.ts';
import { listSavedTests } from '#lib/routes/tests/saved-tests.ts';
import { runSavedTests } from '#lib/routes/tests/run-saved-tests.ts';
import { requireSession } from '#lib/session/request/guard.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { store } from '#lib/store/database.ts';
import { overStore } from '#lib/store/over-store.ts';
import { separatorFor } from '#lib/text/csv.ts';
import { csvFile, noFile, problemLine } from '#lib/text/csv-file.ts';

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
  'problem',
];

/** Every saved test with its result now. */
export const GET = overStore(async (request: NextRequest) => {
  const [{ omni, session }, { locale }] = await Promise.all([requireSession(), requestIntl()]);
  if (allows(session.scopes, 'routes:read') === 'no') return noFile(403, 'forbidden');
  const { instance } = savedTestsParams.parse(Object.fromEntries(request.nextUrl.searchParams));
  const [instances, savedTests] = await Promise.all([
    instancesSnapshot(omni),
    store().then((db) => listSavedTests(db, session.server.id, instance)),
  ]);
  if (!instances.ok) return noFileFor(instances.error);
  const results = await runSavedTests(readingFresh(omni), session, savedTests, instances.value);

  async function* rows(): AsyncGenerator<string[]> {
    for (const savedTest of results)
      yield [
        savedTest.state,
        savedTest.expected,
        savedTest.got,
        savedTest.verdict.is === 'answers' ? '' : savedTest.verdict.why,
        savedTest.title ?? '',
        savedTest.instance,
        savedTest.chatId ?? '',
        savedTest.personId ?? '',
        savedTest.id,
        new Date(savedTest.createdAt).toISOString(),
        '',
      ];
    if (results.length < savedTests.length) yield problemLine(COLUMNS, 'rows_may_be_missing');
  }

  return csvFile(
    instance.length > 0 ? 'saved-tests-of-instance' : 'saved-tests',
    COLUMNS,
    rows(),
    separatorFor(locale),
  );
});
