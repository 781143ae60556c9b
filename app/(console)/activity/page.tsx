import { History } from 'lucide-react';
import type { Metadata } from 'next';
import { Link } from '#components/ui/link.tsx';
import { Suspense } from 'react';
import { OPERATIONS } from '#app/operations.ts';
import { activityFilters } from '#components/activity/activity-filters.ts';
import { ForgetPerson } from '#components/activity/forget-person.tsx';
import { ActivityList, type ActivityRow } from '#components/activity/activity-list.tsx';
import { changeSayer } from '#components/activity/said-change.ts';
import { ExportItem } from '#components/data-table/export-item.tsx';
import { Pager } from '#components/data-table/pager.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import { ListHeader } from '#components/ui/page-header.tsx';
import { FramedProblem } from '#components/ui/state/problem.tsx';
import { SkeletonList } from '#components/ui/state/skeleton.tsx';
import { NotSeenLine } from '#components/ui/verdict/not-seen-line.tsx';
import { Deferred } from '#components/ui/state/deferred.tsx';
import { requestIntl, translations } from '#lib/i18n/server.ts';
import { readLines, RECORD_WITHIN_MS, type ActivityLine } from '#lib/activity/lines.ts';
import { namesOf } from '#lib/activity/names.ts';
import { seesAll } from '#lib/operations/journal/list.ts';
import { viewOf } from '#lib/operations/receipt/view.ts';
import { requireLiveKey, type Signed } from '#lib/session/request/guard.ts';
import { store } from '#lib/store/database.ts';
import { hiddenColumns, savedViews } from '#lib/views/of-request.ts';
import { storeAnswer } from '#lib/store/store-error.ts';
import { idOf } from '#lib/omni/door/path.ts';
import { isPerson } from '#lib/persons/directory/is-person.ts';
import { forgetPersonAction } from './actions.ts';
import { askedOf } from './read-activity.ts';
import { ABOUT, activityParams, type About, type ActivityParams } from './search-params.ts';

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
  const all = seesAll(signed.session);
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
        of={() => storeAnswer(readPage(signed, params, timeZone))}
        fallback={<SkeletonList rows={10} label={tUi('loading')} />}
      >
        {(answer) =>
          answer.ok ? (
            <List {...answer.value} params={params} all={all} record={signed.session.capabilities.audit !== 'no'} />
          ) : (
            <FramedProblem error={answer.error} />
          )
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

async function readPage(signed: Signed, params: ActivityParams, timeZone: string) {
  const { sources, actors, filter } = await askedOf(signed, params, timeZone);
  const page = await readLines(sources, filter, PAGE, RECORD_WITHIN_MS);
  return { ...page, rows: await rowsOf(signed, page.lines), actors };
}

/** The lines as the list shows them. */
async function rowsOf({ omni, session }: Signed, lines: readonly ActivityLine[]): Promise<ActivityRow[]> {
  const changes = lines.flatMap((line) => (line.of === 'omni' ? [line.change] : []));
  const say = await changeSayer(await namesOf(omni, session, changes));
  return lines.map((line) =>
    line.of === 'console'
      ? { id: line.id, of: 'console', entry: viewOf(line.entry) }
      : { id: line.id, of: 'omni', change: say(line.change), twin: line.console, entryId: line.entryId },
  );
}

type ListProps = Awaited<ReturnType<typeof readPage>> & { params: ActivityParams; all: boolean; record: boolean };

async function List({ rows, next, unread, actors, params, all, record }: ListProps) {
  const operations = [...OPERATIONS.keys(), FORGET];
  const abouts = (Object.keys(ABOUT) as About[]).filter((one) => record || ABOUT[one].operations !== null);
  const [t, filters, views, hidden] = await Promise.all([
    translations('activity'),
    activityFilters({ operations, actors, abouts, record }),
    savedViews('activity'),
    hiddenColumns('activity'),
  ]);
  const { before } = params;
  const values = queryOf(params);
  const filtered = Object.keys(values).length > 0;
  const to = (place: Record<string, string>) => `/activity?${new URLSearchParams({ ...values, ...place }).toString()}`;
  const state =
    rows.length > 0 ? undefined : (
      <ListState
        icon={History}
        title={t(next ? 'none-so-far' : filtered ? 'nothing' : before ? 'no-older' : 'empty')}
        actions={
          filtered || before ? (
            <Link href="/activity" className={buttonClass({})}>
              {t(filtered ? 'clear' : 'newest')}
            </Link>
          ) : null
        }
      >
        {next || filtered || before ? null : t(all ? 'empty-help' : 'empty-help-own')}
      </ListState>
    );
  const missing = unread ? <NotSeenLine part="omni-record" seen={unread} /> : null;
  const pager = (
    <Pager
      first={before ? to({}) : undefined}
      next={next ? to({ before: `${next.at}~${next.id}` }) : undefined}
      nextLabel={t('older')}
    />
  );
  return (
    <WithMessages of={['activity', 'omni-record', 'list-tools', 'form', 'problems', 'ui']} starts="all">
      <ActivityList
        rows={rows}
        filters={filters}
        values={values}
        views={views}
        hidden={hidden}
        state={unread && params.origin === 'omni' ? <></> : state}
        notice={unread && unread.is !== 'forbidden' ? missing : params.origin === 'omni' ? missing : null}
        footer={
          <>
            {unread?.is === 'forbidden' && params.origin !== 'omni' && !before ? missing : null}
            {pager}
          </>
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
