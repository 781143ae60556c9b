import { Link } from '#components/ui/link.tsx';
import { requestTitles } from '#components/operations/receipt/request-say.ts';
import { Card } from '#components/ui/card.tsx';
import { Problem } from '#components/ui/state/problem.tsx';
import { readerOf } from '#lib/actions/runner.ts';
import { translations } from '#lib/i18n/server.ts';
import { listEntries, seesAll } from '#lib/operations/journal/list.ts';
import { viewOf } from '#lib/operations/receipt/view.ts';
import type { Signed } from '#lib/session/request/guard.ts';
import { store } from '#lib/store/database.ts';
import { storeAnswer } from '#lib/store/store-error.ts';
import { HistoryList } from '#components/activity/history-list.tsx';

const MOST = 5;

/** What was done to a person or a key in this console (`person:<id>`), merges into a person too: as far as the reader may see it. */
export async function RecordHistory({ signed, subject, plain }: { signed: Signed; subject: string; plain?: boolean }) {
  const [t, said] = await Promise.all([translations('activity'), requestTitles()]);
  const reader = readerOf(signed);
  const read = await storeAnswer(store().then((db) => listEntries(db, reader, { subject }, MOST + 1)));
  const entries = read.ok
    ? read.value.slice(0, MOST).map((one) => {
        const entry = viewOf(one);
        return { ...entry, said: said(entry) };
      })
    : [];
  return (
    <Card
      plain={plain}
      id="history"
      title={t('record.title')}
      aside={
        read.ok && read.value.length > MOST ? (
          <Link
            href={`/activity?subject=${subject.split(':')[1]}`}
            className="inline-flex min-h-target items-center text-sm text-accent-text hover:underline"
          >
            {t('record.all')}
          </Link>
        ) : null
      }
    >
      {read.ok ? null : <Problem error={read.error} />}
      {read.ok && entries.length === 0 ? (
        <p className="text-muted">{t(seesAll(reader) ? 'record.none' : 'record.none-own')}</p>
      ) : null}
      {entries.length > 0 ? <HistoryList entries={entries} /> : null}
      {entries.length > 0 && !seesAll(reader) ? <p className="text-sm text-muted">{t('record.own')}</p> : null}
    </Card>
  );
}
