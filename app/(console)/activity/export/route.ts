import type { NextRequest } from 'next/server';
import { askedOf } from '#app/(console)/activity/read-activity.ts';
import { activityParams } from '#app/(console)/activity/search-params.ts';
import { requestSay } from '#components/operations/receipt/request-say.ts';
import type { CsvCell, CsvLine } from '#lib/actions/csv-file.ts';
import { csvRoute } from '#lib/actions/csv-route.ts';
import { givenNameOf } from '#lib/activity/change.ts';
import { allLines, type ActivityLine } from '#lib/activity/lines.ts';
import { requestIntl } from '#lib/i18n/server.ts';
import { ok } from '#lib/omni/result.ts';
import type { AuditEntry } from '#lib/omni/schemas/audit.ts';
import type { NotSeen } from '#lib/omni/seen.ts';
import type { Entry } from '#lib/operations/journal/entry.ts';
import type { Text } from '#lib/operations/plan/define.ts';
import { viewOf } from '#lib/operations/receipt/view.ts';
import { requireLiveKey } from '#lib/session/request/guard.ts';
import { overStore } from '#lib/store/over-store.ts';
import { paramsOf } from '#lib/text/params.ts';
import { textStream } from '#lib/text/stream.ts';

const COLUMNS = [
  'time',
  'id',
  'origin',
  'operation',
  'title',
  'status',
  'who',
  'key',
  'user_agent',
  'subjects',
  'command',
  'changes',
  'before',
  'undo_of',
  'undone_by',
] as const;

/** A file holds every page. */
const exportParams = activityParams.omit({ before: true });

const csv = csvRoute({
  scope: null,
  params: exportParams,
  read: async ({ params, timeZone, omni, session, credential }) => {
    const [{ sources, filter }, say] = await Promise.all([
      askedOf({ omni, session, credential }, params, timeZone),
      requestSay(),
    ]);
    async function* lines(): AsyncGenerator<CsvLine> {
      for await (const line of allLines(sources, filter)) {
        if ('is' in line) yield { missing: missingCode(line) };
        else
          yield line.of === 'omni' ? changeCells(line.change) : entryCells(line.entry, say(line.entry.body.plan.title));
      }
    }
    return ok({ name: 'activity', columns: COLUMNS, lines: lines() });
  },
});

/** The filtered list as a file, as lines or as JSON, read batch by batch, so that its length costs no memory. */
export const GET = overStore(async (request: NextRequest) => {
  if (request.nextUrl.searchParams.get('format') !== 'json') return csv(request);
  const signed = await requireLiveKey();
  const [say, { timeZone }] = await Promise.all([requestSay(), requestIntl()]);
  const params = exportParams.parse(paramsOf(request.nextUrl.searchParams));
  const { sources, filter } = await askedOf(signed, params, timeZone);
  async function* pieces(): AsyncGenerator<string> {
    let start = '[\n';
    for await (const line of allLines(sources, filter)) {
      yield start + JSON.stringify(asObject(line, say));
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

function asObject(line: ActivityLine | NotSeen, say: (text: Text) => string): object {
  if ('is' in line) return { missing: missingCode(line) };
  if (line.of === 'omni') return { origin: 'omni', ...line.change, entryId: line.entryId };
  const { entry } = line;
  const kept = { changes: entry.body.plan.effects, before: entry.body.before };
  return { origin: 'console', ...viewOf(entry), said: say(entry.body.plan.title), ...kept };
}

/** Why Omni's record is missing in a file, as its last lines say it. */
function missingCode(seen: NotSeen): string {
  return `omni_record_${seen.is}`;
}

function changeCells(change: AuditEntry): CsvCell[] {
  return [
    { moment: change.createdAt },
    change.id,
    'omni',
    change.action,
    null,
    change.statusCode >= 400 ? `failed (${change.statusCode})` : 'done',
    givenNameOf(change),
    change.apiKeyName,
    change.userAgent,
    change.targetId === null ? change.targetType : `${change.targetType}:${change.targetId}`,
    null,
    JSON.stringify(change.changes),
    null,
    null,
    null,
  ];
}

function entryCells(entry: Entry, said: string): CsvCell[] {
  const view = viewOf(entry);
  const { plan, before } = entry.body;
  return [
    { moment: view.createdAt },
    view.id,
    'console',
    view.operation,
    said,
    view.status,
    view.who,
    view.keyName,
    null,
    view.subjects.join(' '),
    view.command.lines.join('\n') || null,
    plan.effects === null ? null : JSON.stringify(plan.effects),
    before === null ? null : JSON.stringify(before),
    view.undoOf,
    view.undoneBy,
  ];
}
