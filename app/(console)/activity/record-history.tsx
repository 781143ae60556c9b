import { Link } from '#components/ui/link.tsx';
import { requestTitles } from '#components/operations/receipt/request-say.ts';
import { changeSayer } from '#components/activity/said-change.ts';
import { Card } from '#components/ui/card.tsx';
import { Problem } from '#components/ui/state/problem.tsx';
import { NotSeenLine } from '#components/ui/verdict/not-seen-line.tsx';
import { readLines, RECORD_WITHIN_MS } from '#lib/activity/lines.ts';
import { namesOf } from '#lib/activity/names.ts';
import { translations } from '#lib/i18n/server.ts';
import { seesAll } from '#lib/operations/journal/list.ts';
import { viewOf } from '#lib/operations/receipt/view.ts';
import type { Signed } from '#lib/session/request/guard.ts';
import { storeAnswer } from '#lib/store/store-error.ts';
import { HistoryList, type HistoryRow } from '#components/activity/history-list.tsx';
import { sourcesOf } from './read-activity.ts';

const MOST = 5;

/**
 * What was done to a person, a route or a key (`person:<id>`), merges into a person too: as far as the reader may see it. Omni's own
 * record stands beside the console's, where it covers the thing.
 */
export async function RecordHistory({ signed, subject, plain }: { signed: Signed; subject: string; plain?: boolean }) {
  const [kind, id = ''] = subject.split(':');
  const [t, said] = await Promise.all([translations('activity'), requestTitles()]);
  const covered = kind !== 'person' && signed.session.capabilities.audit !== 'no';
  const read = await storeAnswer(
    sourcesOf(signed).then((sources) =>
      readLines(sources, { subject, omni: covered ? { target: id } : null }, MOST, RECORD_WITHIN_MS),
    ),
  );
  const lines = read.ok ? read.value.lines : [];
  const changes = lines.flatMap((line) => (line.of === 'omni' ? [line.change] : []));
  const say = await changeSayer(await namesOf(signed.omni, signed.session, changes));
  const rows = lines.map((line): HistoryRow => {
    if (line.of === 'omni') return { id: line.id, of: 'omni', change: say(line.change), twin: line.console };
    const entry = viewOf(line.entry);
    return { id: line.id, of: 'console', entry: { ...entry, said: said(entry) } };
  });
  const all = seesAll(signed.session);
  const unread = read.ok ? read.value.unread : null;
  return (
    <Card
      plain={plain}
      id="history"
      title={t('record.title')}
      aside={
        read.ok && read.value.next ? (
          <Link
            href={`/activity?subject=${id}`}
            className="inline-flex min-h-target items-center text-sm text-accent-text hover:underline"
          >
            {t('record.all')}
          </Link>
        ) : null
      }
    >
      {read.ok ? null : <Problem error={read.error} />}
      {read.ok && rows.length === 0 ? (
        <p className="text-muted">
          {t(all ? (covered && !unread ? 'record.none-at-all' : 'record.none') : 'record.none-own')}
        </p>
      ) : null}
      {rows.length > 0 ? <HistoryList rows={rows} /> : null}
      {rows.length > 0 && !all ? <p className="text-sm text-muted">{t('record.own')}</p> : null}
      {unread ? <NotSeenLine plain part="omni-record" seen={unread} /> : null}
    </Card>
  );
}
