import { Link2, Merge } from 'lucide-react';
import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { MenuLink } from '#components/ui/overlay/menu-link.tsx';
import { ExportItem } from '#components/data-table/export-item.tsx';
import { BlockedBesides } from '#components/persons/directory/blocked-besides.tsx';
import { PersonsDirectory } from '#components/persons/directory/persons-directory.tsx';
import { PersonsPager, PickedPager } from '#components/persons/directory/persons-pager.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { FramedProblem, Problem } from '#components/ui/state/problem.tsx';
import { NotSeenState } from '#components/ui/state/not-seen-state.tsx';
import { SkeletonList } from '#components/ui/state/skeleton.tsx';
import { Deferred } from '#components/ui/state/deferred.tsx';
import { readAccess, type AccessSources } from '#lib/access/rules/read-access.ts';
import { requestIntl, translations } from '#lib/i18n/server.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { listPersons } from '#lib/omni/resources/persons.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import { cutPage, pageQuery, readPosition } from '#lib/omni/paging/paging.ts';
import { knownDirectory, openDirectory, type DirectoryState } from '#lib/persons/people-index/directory.ts';
import { fieldsOf } from '#lib/persons/people-index/find.ts';
import { pickIndexed } from '#lib/persons/people-index/pick.ts';
import { searchBoth } from '#lib/persons/people-index/search-both.ts';
import { blockedPeople } from '#lib/persons/directory/blocked-people.ts';
import { personRow, type PersonRow } from '#lib/persons/directory/row.ts';
import { requirePage, type Signed } from '#lib/session/request/guard.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { hiddenColumns } from '#lib/views/of-request.ts';
import { steerAction } from './actions.ts';
import { PeopleHeader } from './people-header.tsx';
import { pageReader } from './people-reader.ts';
import { personTodayFor } from './person-today.ts';
import { isPicked, personsParams, pickOf, type PersonsParams } from './search-params.ts';
import { lockedScope, needsScope } from '#components/ui/locked/locked.ts';
import { RequestItem } from '#components/ui/overlay/request-item.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('persons'))('title') };
}

export default async function PersonsPage({ searchParams }: PageProps<'/persons'>) {
  const [signed, raw, t] = await Promise.all([requirePage('/persons'), searchParams, translations('persons')]);
  const { omni, session } = signed;
  const params = personsParams.parse(raw);
  const { q, at, limit, without, added, blocked, sort } = params;
  const on = isPicked(params);
  const hidden = await hiddenColumns('persons');
  const cannotWrite =
    allows(session.scopes, 'persons:write') === 'no'
      ? needsScope(await translations('ui'), 'persons:write')
      : undefined;
  const read = () =>
    Promise.all([
      q ? searched(signed, q) : null,
      blocked ? pickedBlocked(signed, params) : on ? picked(params) : directory(omni, at, limit),
    ]).then(async ([start, page]) => ({ start, page, state: await stateNow() }));
  return (
    <>
      <PeopleHeader
        here="/persons"
        more={
          <>
            <MenuLink href="/persons/merge" reason={cannotWrite} icon={<Merge aria-hidden />}>
              {t('merge-two')}
            </MenuLink>
            <MenuLink href="/persons/link" reason={cannotWrite} icon={<Link2 aria-hidden />}>
              {t('link-one')}
            </MenuLink>
            <ExportItem path="/persons/export" />
            <RequestItem scopes={[lockedScope(cannotWrite)]} />
          </>
        }
      />
      <WithMessages of={['persons', 'people-index', 'list-tools', 'problems', 'verdict', 'seen', 'ui']}>
        <Deferred of={read} fallback={<SkeletonList rows={limit} label={t('loading')} />}>
          {({ start, page, state }) =>
            page.error?.kind === 'forbidden' ? (
              <FramedProblem error={page.error} />
            ) : (
              <PersonsDirectory
                key={`${at ?? ''}/${limit}/${without}/${added}/${blocked}/${sort}/${params.page}`}
                rows={page.rows}
                start={start}
                hidden={hidden}
                mayTest={allows(session.scopes, 'routes:read') !== 'no'}
                mayMerge={allows(session.scopes, 'persons:write') !== 'no'}
                failed={
                  page.error ? (
                    <Problem error={page.error} />
                  ) : 'total' in page && page.notSeen ? (
                    <NotSeenState {...page.notSeen} />
                  ) : undefined
                }
                picked={{
                  on,
                  values: { without, added, blocked },
                  sort,
                  walked: blocked === undefined,
                  ...('total' in page ? { total: page.total } : {}),
                }}
                note={'total' in page ? page.note : undefined}
                directory={state}
                steer={steerAction}
                pager={
                  'total' in page ? (
                    <PickedPager params={picks(params)} page={params.page} limit={limit} total={page.total} />
                  ) : (
                    <PersonsPager position={at} limit={limit} next={page.next} unsure={page.unsure} />
                  )
                }
              />
            )
          }
        </Deferred>
      </WithMessages>
    </>
  );
}

async function directory(omni: Omni, at: string | undefined, size: number) {
  const position = readPosition(at);
  const answer = await listPersons(omni, pageQuery(position, size));
  if (!answer.ok) return { rows: null, next: null, unsure: false, error: answer.error };
  const { rows, next, unsure } = cutPage(answer.value.items, answer.value.meta.hasMore, position, size);
  return { rows: rows.map(personRow), next, unsure, error: undefined };
}

/** How far the directory at hand has come, for who has been answered the list just now; Omni is not asked for it. */
async function stateNow(): Promise<DirectoryState | null> {
  const reader = await pageReader();
  return (reader && knownDirectory(reader)?.state) ?? null;
}

/** A page of people whose number is known. `notSeen`: what it needs could not be read. */
type PickedPage = {
  rows: PersonRow[] | null;
  total: number;
  error: OmniError | undefined;
  note?: ReactNode;
  notSeen?: Extract<AccessSources, { is: 'not-seen' }>;
};

/** A page of the people at hand who fit; of those found so far, until the directory is whole. */
async function picked(params: PersonsParams): Promise<PickedPage> {
  const { page, limit } = params;
  const [reader, { timeZone }] = await Promise.all([pageReader(), requestIntl()]);
  const nobody = { rows: [], total: 0, error: undefined };
  if (!reader) return nobody;
  const opened = await openDirectory(reader);
  if (!opened.ok) return { ...nobody, rows: null, error: opened.error };
  const all = pickIndexed(opened.value.people, pickOf(params, timeZone));
  const rows = all.slice((page - 1) * limit, page * limit).map((person) => personRow(fieldsOf(person)));
  return { ...nobody, rows, total: all.length };
}

/** A page of the people whom access rules block and who fit. */
async function pickedBlocked({ omni, session }: Signed, params: PersonsParams): Promise<PickedPage> {
  const { page, limit } = params;
  const nobody = { rows: [], total: 0, error: undefined };
  const access = await readAccess(omni, session);
  if (access.is === 'not-seen') return { ...nobody, notSeen: access };
  const [found, { timeZone }] = await Promise.all([
    blockedPeople(omni, access.read, session.capabilities.generation),
    requestIntl(),
  ]);
  const all = pickIndexed(found.people, pickOf(params, timeZone));
  const rows = all.slice((page - 1) * limit, page * limit).map((person) => personRow(fieldsOf(person)));
  return { ...nobody, rows, total: all.length, note: <BlockedBesides {...found} /> };
}

/** What the address picks, without the page. */
function picks({ without, added, blocked, sort }: PersonsParams): Record<string, string> {
  return {
    ...(without ? { without } : {}),
    ...(added ? { added } : {}),
    ...(blocked ? { blocked } : {}),
    ...(sort === '-added' ? {} : { sort }),
  };
}

/** The search of the address itself, for links and for browsers that arrive with one: everything before the first byte. */
async function searched(signed: Signed, query: string) {
  const reader = await pageReader();
  let last;
  if (reader)
    for await (const progress of searchBoth(reader, query, { today: personTodayFor(signed) })) last = progress;
  const { hits = [], incomplete = false, total, error } = last ?? {};
  const problem = error ? problemOf(error) : undefined;
  return {
    query,
    rows: hits.map(personRow),
    pending: false,
    incomplete,
    ...(total === undefined ? {} : { total }),
    ...(problem ? { problem: problem.code, values: problem.values } : {}),
  };
}
