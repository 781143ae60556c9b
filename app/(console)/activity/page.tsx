import { History } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { OPERATIONS } from '#app/operations.ts';
import { ActivityFilters } from '#components/activity/activity-filters.tsx';
import { ForgetPerson } from '#components/activity/forget-person.tsx';
import { ActivityList } from '#components/activity/activity-list.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { ListState } from '#components/ui/list-state.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { requestIntl, translations } from '#lib/i18n/server.ts';
import { listActors, listEntries, seesAll } from '#lib/operations/list.ts';
import { viewOf } from '#lib/operations/view.ts';
import { readerOf } from '#lib/actions/runner.ts';
import { requireSession } from '#lib/session/guard.ts';
import { store } from '#lib/store/database.ts';
import { isUuid } from '#lib/omni/path.ts';
import { forgetPersonAction } from './actions.ts';
import { activityParams, filterOf } from './search-params.ts';

const PAGE = 50;

/** Noted by the journal itself, not an operation. */
const FORGET = 'journal.forget';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('activity'))('title') };
}

export default async function ActivityPage({ searchParams }: PageProps<'/activity'>) {
  const [signed, raw, t, { timeZone }] = await Promise.all([
    requireSession(),
    searchParams,
    translations('activity'),
    requestIntl(),
  ]);
  const params = activityParams.parse(raw);
  const reader = readerOf(signed);
  const all = seesAll(reader);
  const db = await store();
  const [entries, actors] = await Promise.all([
    listEntries(db, reader, filterOf(params, timeZone), PAGE + 1),
    listActors(db, reader),
  ]);
  const shown = entries.slice(0, PAGE).map((entry) => viewOf(entry, Date.now()));
  const last = entries.length > PAGE ? shown.at(-1) : undefined;
  const { before: _, ...filters } = params;
  const query = Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined));
  const filtered = Object.keys(query).length > 0;
  const exportQuery = new URLSearchParams(query as Record<string, string>).toString();
  return (
    <>
      <PageHeader
        title={t('title')}
        lead={t(all ? 'lead-all' : 'lead-own')}
        actions={
          <>
            <a href={`/activity/export?format=csv&${exportQuery}`} className={buttonClass({ size: 'sm' })}>
              CSV
            </a>
            <a href={`/activity/export?format=json&${exportQuery}`} className={buttonClass({ size: 'sm' })}>
              JSON
            </a>
            <a href="/persons/old-ids" title={t('old-ids-help')} className={buttonClass({ size: 'sm' })}>
              {t('old-ids')}
            </a>
          </>
        }
      />
      <div className="rounded border bg-surface">
        <ActivityFilters params={filters} operations={[...OPERATIONS.keys(), FORGET]} actors={actors} />
        {shown.length > 0 ? (
          <WithMessages of={['operations', 'problems']}>
            <ActivityList entries={shown} />
          </WithMessages>
        ) : (
          <ListState
            icon={History}
            title={t(filtered ? 'nothing' : 'empty')}
            actions={
              filtered ? (
                <Link href="/activity" prefetch={false} className={buttonClass({})}>
                  {t('clear')}
                </Link>
              ) : null
            }
          >
            {t(filtered ? 'nothing-help' : 'empty-help')}
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
      </div>
      {all && isUuid(params.subject) ? (
        <WithMessages of={['forget']}>
          <ForgetPerson personId={params.subject} forget={forgetPersonAction} />
        </WithMessages>
      ) : null}
    </>
  );
}
