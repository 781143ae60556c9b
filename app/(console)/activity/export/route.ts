import type { NextRequest } from 'next/server';
import { requestSay } from '#components/operations/receipt/request-say.ts';
import { readerOf } from '#lib/actions/runner.ts';
import { csvLine, separatorFor } from '#lib/text/csv.ts';
import { textStream } from '#lib/text/stream.ts';
import { requestIntl } from '#lib/i18n/server.ts';
import type { Json } from '#lib/operations/plan/define.ts';
import { listEntries, type Filter } from '#lib/operations/journal/list.ts';
import { viewOf, type EntryView } from '#lib/operations/receipt/view.ts';
import { requireLiveKey } from '#lib/session/request/guard.ts';
import { store } from '#lib/store/database.ts';
import { overStore } from '#lib/store/over-store.ts';
import { activityParams, filterOf } from '#app/(console)/activity/search-params.ts';

const BATCH = 100;
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
] as const;

/** The filtered list as a file, streamed batch by batch, so that its length costs no memory. */
export const GET = overStore(async (request: NextRequest) => {
  const signed = await requireLiveKey();
  const [{ locale, timeZone }, say] = await Promise.all([requestIntl(), requestSay()]);
  const query = request.nextUrl.searchParams;
  const { before: _, ...params } = activityParams.parse(Object.fromEntries(query));
  const csv = query.get('format') !== 'json';
  const separator = separatorFor(locale);
  const reader = readerOf(signed);
  const filter: Filter = filterOf(params, timeZone);
  const db = await store();

  async function* lines(): AsyncGenerator<string> {
    yield csv ? `\uFEFF${csvLine(COLUMNS, separator)}` : '[';
    let before: Filter['before'];
    for (let first = true; ;) {
      const batch = await listEntries(db, reader, { ...filter, ...(before ? { before } : {}) }, BATCH);
      for (const entry of batch) {
        const view = { ...viewOf(entry), said: say(entry.body.plan.title) };
        const kept = { changes: entry.body.plan.effects, before: entry.body.before };
        yield csv
          ? csvLine(cells(view, kept), separator)
          : `${first ? '' : ','}\n${JSON.stringify({ ...view, ...kept })}`;
        first = false;
      }
      const last = batch.at(-1);
      if (!last || batch.length < BATCH) break;
      before = { at: last.createdAt, id: last.id };
    }
    if (!csv) yield '\n]\n';
  }

  return new Response(textStream(lines()), {
    headers: {
      'content-type': csv ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="activity.${csv ? 'csv' : 'json'}"`,
      'cache-control': 'no-store',
    },
  });
});

function cells(view: EntryView & { said: string }, { changes, before }: { changes: Json; before: Json }): string[] {
  const command = view.command.lines.join('\n');
  const when = new Date(view.createdAt).toISOString();
  return [
    when,
    view.id,
    view.operation,
    view.said,
    view.status,
    view.who,
    view.keyName,
    view.subjects.join(' '),
    command,
    changes === null ? '' : JSON.stringify(changes),
    before === null ? '' : JSON.stringify(before),
    view.undoOf ?? '',
    view.undoneBy ?? '',
  ];
}
