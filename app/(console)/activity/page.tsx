import { History } from 'lucide-react';
import type { Metadata } from 'next';
import { Link } from '#components/ui/link.tsx';
import { Suspense } from 'react';
import { OPERATIONS } from '#app/operations.ts';
import { activityFilters } from '#components/activity/activity-filters.ts';
import { ForgetPerson } from '#components/activity/forget-person.tsx';
import { ActivityList } from '#components/activity/activity-list.tsx';
import { ExportItem } from '#components/data-table/export-item.tsx';
import { Pager } from '#components/data-table/pager.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import { ListHeader } from '#components/ui/page-header.tsx';
import { FramedProblem } from '#components/ui/state/problem.tsx';
import { SkeletonList } from '#components/ui/state/skeleton.tsx';
import { Deferred } from '#components/ui/state/deferred.tsx';
import { requestIntl, translations } from '#lib/i18n/server.ts';
import { listActors, listEntries, seesAll, type EntryReader } from '#lib/operations/journal/list.ts';
import { viewOf } from '#lib/operations/receipt/view.ts';
import { readerOf } from '#lib/actions/runner.ts';
import { requireLiveKey, type Signed } from '#lib/session/request/guard.ts';
import { store } from '#lib/store/database.ts';
import { hiddenColumns, savedViews } from '#lib/views/of-request.ts';
import { storeAnswer } from '#lib/store/store-error.ts';
import { idOf } from '#lib/omni/door/path.ts';
import { isPerson } from '#lib/persons/directory/is-person.ts';
import { forgetPersonAction } from './actions.ts';
import { activityParams, filterOf, type ActivityParams } from './search-params.ts';

const PAGE = 50;

/** Recorded by the journal itself; it is no operation. */
const FORGET = 'journal.forget';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('activity'))('title') };
}

export default async function ActivityPage({ searchParams }: PageProps<'/activity'>) {
  const [signed, raw, t, tUi, { timeZone }] = await Promise.all([
    requireLiveKey(),
    searchParams,
    translations('activity'),
    translations('ui'),
    requestIntl(),
  ]);
  const params = activityParams.parse(raw);
  const reader = readerOf(signed);
  const all = seesAll(reader);
  const subject = idOf(params.subject);
  return (
    <>
      <WithMessages of={['list-tools']}>
        <ListHeader
          title={t('title')}
          more={
            <>
              <ExportItem path="/activity/export" query={{ format: 'csv' }} />
              <ExportItem path="/activity/export" query={{ format: 'json' }} label={t('export-json')} />
              <ExportItem path="/persons/old-ids" label={t('old-ids')} />
            </>
          }
        />
      </WithMessages>
      <Deferred
        of={() => storeAnswer(readJournal(reader, params, timeZone))}
        fallback={<SkeletonList rows={10} label={tUi('loading')} />}
      >
        {(answer) =>
          answer.ok ? <Journal {...answer.value} params={params} all={all} /> : <FramedProblem error={answer.error} />
        }
      </Deferred>
      {all && subject ? (
        <Suspense fallback={null}>
          <Forgettable signed={signed} id={subject} />
        </Suspense>
      ) : null}
    </>
  );
}

/** The form to forget a person, where the id is a person's. */
async function Forgettable({ signed, id }: { signed: Signed; id: string }) {
  const known = await storeAnswer(store().then((db) => isPerson(db, signed.session.server.id, signed.omni, id)));
  if (!known.ok || !known.value) return null;
  return (
    <WithMessages of={['forget', 'form', 'problems']}>
      <ForgetPerson personId={id} forget={forgetPersonAction} />
    </WithMessages>
  );
}

async function readJournal(reader: EntryReader, params: ActivityParams, timeZone: string) {
  const db = await store();
  const [entries, actors] = await Promise.all([
    listEntries(db, reader, filterOf(params, timeZone), PAGE + 1),
    listActors(db, reader),
  ]);
  return { entries, actors };
}

type JournalProps = Awaited<ReturnType<typeof readJournal>> & { params: ActivityParams; all: boolean };

async function Journal({ entries, actors, params, all }: JournalProps) {
  const [t, filters, views, hidden] = await Promise.all([
    translations('activity'),
    activityFilters([...OPERATIONS.keys(), FORGET], actors),
    savedViews('activity'),
    hiddenColumns('activity'),
  ]);
  const shown = entries.slice(0, PAGE).map((entry) => viewOf(entry));
  const last = entries.length > PAGE ? shown.at(-1) : undefined;
  const { before } = params;
  const values = queryOf(params);
  const filtered = Object.keys(values).length > 0;
  const to = (place: Record<string, string>) => `/activity?${new URLSearchParams({ ...values, ...place }).toString()}`;
  const state =
    shown.length > 0 ? undefined : (
      <ListState
        icon={History}
        title={t(filtered ? 'nothing' : before ? 'no-older' : 'empty')}
        actions={
          filtered || before ? (
            <Link href="/activity" className={buttonClass({})}>
              {t(filtered ? 'clear' : 'newest')}
            </Link>
          ) : null
        }
      >
        {t(filtered ? 'nothing-help' : before ? 'no-older-help' : all ? 'empty-help' : 'empty-help-own')}
      </ListState>
    );
  return (
    <WithMessages of={['activity', 'list-tools', 'form', 'problems', 'ui']} starts="all">
      <ActivityList
        entries={shown}
        filters={filters}
        values={values}
        views={views}
        hidden={hidden}
        state={state}
        footer={
          <Pager
            first={before ? to({}) : undefined}
            next={last ? to({ before: `${last.createdAt}~${last.id}` }) : undefined}
            nextLabel={t('older')}
          />
        }
      />
    </WithMessages>
  );
}

/** The filter as it stands in the address. */
function queryOf(params: ActivityParams): Record<string, string> {
  const pairs = Object.entries(params).filter(([name]) => name !== 'before');
  return Object.fromEntries(pairs.filter((pair): pair is [string, string] => pair[1] !== undefined));
}
