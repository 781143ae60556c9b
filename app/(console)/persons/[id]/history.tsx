import { Link } from '#components/ui/link.tsx';
import { requestTitles } from '#components/operations/receipt/request-say.ts';
import { HistoryList } from '#components/persons/record/history-list.tsx';
import { Card } from '#components/ui/card.tsx';
import { Problem } from '#components/ui/state/problem.tsx';
import { readerOf } from '#lib/actions/runner.ts';
import { translations } from '#lib/i18n/server.ts';
import { listEntries, seesAll } from '#lib/operations/journal/list.ts';
import { viewOf } from '#lib/operations/receipt/view.ts';
import type { Signed } from '#lib/session/request/guard.ts';
import { store } from '#lib/store/database.ts';
import { storeAnswer } from '#lib/store/store-error.ts';

const MOST = 5;

/** What was done to a person in this console, merges into them too: as far as the reader may see it. */
export async function PersonHistory({ signed, id }: { signed: Signed; id: string }) {
  const [t, said] = await Promise.all([translations('person'), requestTitles()]);
  const reader = readerOf(signed);
  const read = await storeAnswer(store().then((db) => listEntries(db, reader, { subject: `person:${id}` }, MOST + 1)));
  const entries = read.ok
    ? read.value
        .slice(0, MOST)
        .map(viewOf)
        .map((one) => ({ ...one, said: said(one) }))
    : [];
  return (
    <Card
      plain
      id="history"
      title={t('history')}
      aside={
        read.ok && read.value.length > MOST ? (
          <Link
            href={`/activity?subject=${id}`}
            className="inline-flex min-h-target items-center text-sm text-accent-text hover:underline"
          >
            {t('history-all')}
          </Link>
        ) : null
      }
    >
      {read.ok ? null : <Problem error={read.error} />}
      {read.ok && entries.length === 0 ? (
        <p className="text-muted">{t(seesAll(reader) ? 'history-none' : 'history-none-own')}</p>
      ) : null}
      {entries.length > 0 ? <HistoryList entries={entries} /> : null}
      {entries.length > 0 && !seesAll(reader) ? <p className="text-sm text-muted">{t('history-own')}</p> : null}
    </Card>
  );
}
