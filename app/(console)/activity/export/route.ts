import type { NextRequest } from 'next/server';
import { activityParams, filterOf } from '#app/(console)/activity/search-params.ts';
import { requestSay } from '#components/operations/receipt/request-say.ts';
import type { CsvCell } from '#lib/actions/csv-file.ts';
import { csvRoute } from '#lib/actions/csv-route.ts';
import { readerOf } from '#lib/actions/runner.ts';
import { requestIntl } from '#lib/i18n/server.ts';
import { ok } from '#lib/omni/result.ts';
import type { Entry } from '#lib/operations/journal/entry.ts';
import { allEntries } from '#lib/operations/journal/list.ts';
import { viewOf } from '#lib/operations/receipt/view.ts';
import { requireLiveKey } from '#lib/session/request/guard.ts';
import { store } from '#lib/store/database.ts';
import { overStore } from '#lib/store/over-store.ts';
import { textStream } from '#lib/text/stream.ts';

const COLUMNS = [
  'time',
  'id',
  'operation',
  'title',
  'status',
  'who',
  'key',
  'subjects',
  'command',
  'changes',
  'before',
  'undo_of',
  'undone_by',
];

/** A file holds every page. */
const exportParams = activityParams.omit({ before: true });

const csv = csvRoute({
  scope: null,
  params: exportParams,
  read: async ({ params, timeZone, ...signed }) => {
    const [db, say] = await Promise.all([store(), requestSay()]);
    const entries = allEntries(db, readerOf(signed), filterOf(params, timeZone));
    async function* lines(): AsyncGenerator<CsvCell[]> {
      for await (const entry of entries) yield cells(entry, say(entry.body.plan.title));
    }
    return ok({ name: 'activity', columns: COLUMNS, lines: lines() });
  },
});

/** The filtered list as a file, as lines or as JSON, read batch by batch, so that its length costs no memory. */
export const GET = overStore(async (request: NextRequest) => {
  if (request.nextUrl.searchParams.get('format') !== 'json') return csv(request);
  const signed = await requireLiveKey();
  const [db, say, { timeZone }] = await Promise.all([store(), requestSay(), requestIntl()]);
  const params = exportParams.parse(Object.fromEntries(request.nextUrl.searchParams));
  async function* pieces(): AsyncGenerator<string> {
    let start = '[\n';
    for await (const entry of allEntries(db, readerOf(signed), filterOf(params, timeZone))) {
      const kept = { changes: entry.body.plan.effects, before: entry.body.before };
      yield start + JSON.stringify({ ...viewOf(entry), said: say(entry.body.plan.title), ...kept });
      start = ',\n';
    }
    yield start === '[\n' ? '[]\n' : '\n]\n';
  }
  return new Response(textStream(pieces()), {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="activity.json"',
      'cache-control': 'no-store',
    },
  });
});

function cells(entry: Entry, said: string): CsvCell[] {
  const view = viewOf(entry);
  const { plan, before } = entry.body;
  return [
    { moment: view.createdAt },
    view.id,
    view.operation,
    said,
    view.status,
    view.who,
    view.keyName,
    view.subjects.join(' '),
    view.command.lines.join('\n') || null,
    plan.effects === null ? null : JSON.stringify(plan.effects),
    before === null ? null : JSON.stringify(before),
    view.undoOf,
    view.undoneBy,
  ];
}
