import { History } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { Suspense } from 'react';
import { OPERATIONS } from '#app/operations.ts';
import { ActivityFilters } from '#components/activity/activity-filters.tsx';
import { ForgetPerson } from '#components/activity/forget-person.tsx';
import { ActivityList } from '#components/activity/activity-list.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { FileLink } from '#components/ui/file-link.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Problem } from '#components/ui/state/problem.tsx';
import { SkeletonList } from '#components/ui/state/skeleton.tsx';
import { Deferred } from '#components/ui/state/deferred.tsx';
import { ZoneNote } from '#components/ui/zone-note.tsx';
import { requestIntl, translations } from '#lib/i18n/server.ts';
import { listActors, listEntries, seesAll, type EntryReader } from '#lib/operations/journal/list.ts';
import { viewOf } from '#lib/operations/receipt/view.ts';
import { readerOf } from '#lib/actions/runner.ts';
import { requireLiveKey, type Signed } from '#lib/session/request/guard.ts';
import { store } from '#lib/store/database.ts';
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
  const exportQuery = new URLSearchParams(queryOf(params)).toString();
  return (
    <>
      <PageHeader
        title={t('title')}
        lead={t(all ? 'lead-all' : 'lead-own')}
        actions={
          <>
            <FileLink href={`/activity/export?format=csv&${exportQuery}`} className={buttonClass({ size: 'sm' })}>
              CSV
            </FileLink>
            <FileLink href={`/activity/export?format=json&${exportQuery}`} className={buttonClass({ size: 'sm' })}>
              JSON
            </FileLink>
            <FileLink href="/persons/old-ids" title={t('old-ids-help')} className={buttonClass({ size: 'sm' })}>
              {t('old-ids')}
            </FileLink>
          </>
        }
      />
      <Deferred
        of={() => storeAnswer(readJournal(reader, params, timeZone))}
        fallback={<SkeletonList rows={10} label={tUi('loading')} />}
      >
        {(answer) => (
          <div className="rounded border bg-surface">
            {answer.ok ? <Journal {...answer.value} params={params} /> : <Problem error={answer.error} />}
          </div>
        )}
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

type JournalProps = Awaited<ReturnType<typeof readJournal>> & { params: ActivityParams };

async function Journal({ entries, actors, params }: JournalProps) {
  const t = await translations('activity');
  const shown = entries.slice(0, PAGE).map((entry) => viewOf(entry));
  const last = entries.length > PAGE ? shown.at(-1) : undefined;
  const { before, ...filters } = params;
  const query = queryOf(params);
  const filtered = Object.keys(query).length > 0;
  return (
    <>
      <ActivityFilters params={filters} operations={[...OPERATIONS.keys(), FORGET]} actors={actors} />
      {shown.length > 0 ? (
        <WithMessages of={['operations', 'form', 'problems']}>
          <ActivityList entries={shown} />
          <ZoneNote className="border-t px-4 py-2" />
        </WithMessages>
      ) : (
        <ListState
          icon={History}
          title={t(filtered ? 'nothing' : before ? 'no-older' : 'empty')}
          actions={
            filtered || before ? (
              <Link href="/activity" prefetch={false} className={buttonClass({})}>
                {t(filtered ? 'clear' : 'newest')}
              </Link>
            ) : null
          }
        >
          {t(filtered ? 'nothing-help' : before ? 'no-older-help' : 'empty-help')}
        </ListState>
      )}
      {last ? (
        <div className="border-t p-2 text-right">
          <Link
            prefetch={false}
            href={{ pathname: '/activity', query: { ...query, before: `${last.createdAt}~${last.id}` } }}
            className={buttonClass({ size: 'sm' })}
          >
            {t('older')}
          </Link>
        </div>
      ) : null}
    </>
  );
}

/** The filter as it stands in the address. */
function queryOf(params: ActivityParams): Record<string, string> {
  const pairs = Object.entries(params).filter(([name]) => name !== 'before');
  return Object.fromEntries(pairs.filter((pair): pair is [string, string] => pair[1] !== undefined));
}
