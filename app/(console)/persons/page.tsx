import { Link2, Merge } from 'lucide-react';
import type { Metadata } from 'next';
import { MenuLink } from '#components/ui/overlay/menu.tsx';
import { ExportItem } from '#components/data-table/export-item.tsx';
import { PersonsDirectory } from '#components/persons/directory/persons-directory.tsx';
import { PersonsPager } from '#components/persons/directory/persons-pager.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { ListHeader } from '#components/ui/page-header.tsx';
import { FramedProblem, Problem } from '#components/ui/state/problem.tsx';
import { SkeletonList } from '#components/ui/state/skeleton.tsx';
import { Deferred } from '#components/ui/state/deferred.tsx';
import { translations } from '#lib/i18n/server.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { listPersons } from '#lib/omni/resources/persons.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import { cutPage, pageQuery, readPosition } from '#lib/omni/paging/paging.ts';
import { personRow } from '#lib/persons/directory/row.ts';
import { searchPeople } from '#lib/persons/directory/search.ts';
import { requirePage, type Signed } from '#lib/session/request/guard.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { hiddenColumns } from '#lib/views/of-request.ts';
import { personTodayFor } from './person-today.ts';
import { personsParams } from './search-params.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('persons'))('title') };
}

export default async function PersonsPage({ searchParams }: PageProps<'/persons'>) {
  const [signed, params, t] = await Promise.all([requirePage('/persons'), searchParams, translations('persons')]);
  const { omni, session } = signed;
  const { q, at, limit } = personsParams.parse(params);
  const hidden = await hiddenColumns('persons');
  const read = () => Promise.all([q ? searched(signed, q) : null, directory(omni, at, limit)]);
  return (
    <>
      <WithMessages of={['list-tools']}>
        <ListHeader
          title={t('title')}
          more={
            <>
              <MenuLink href="/persons/merge" icon={<Merge aria-hidden />} label={t('merge-two')} />
              <MenuLink href="/persons/link" icon={<Link2 aria-hidden />} label={t('link-one')} />
              <ExportItem path="/persons/export" />
            </>
          }
        />
      </WithMessages>
      <WithMessages of={['persons', 'list-tools', 'problems', 'verdict', 'seen', 'ui']}>
        <Deferred of={read} fallback={<SkeletonList rows={limit} label={t('loading')} />}>
          {([start, page]) =>
            page.error?.kind === 'forbidden' ? (
              <FramedProblem error={page.error} />
            ) : (
              <PersonsDirectory
                key={`${at ?? ''}/${limit}`}
                rows={page.rows}
                start={start}
                hidden={hidden}
                mayTest={allows(session.scopes, 'routes:read') !== 'no'}
                mayMerge={allows(session.scopes, 'persons:write') !== 'no'}
                failed={page.error ? <Problem error={page.error} /> : undefined}
                pager={<PersonsPager position={at} limit={limit} next={page.next} unsure={page.unsure} />}
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

/** The search of the address itself, for links and for browsers that arrive with one: everything before the first byte. */
async function searched(signed: Signed, query: string) {
  let last;
  for await (const progress of searchPeople(signed.omni, query, { today: personTodayFor(signed) })) last = progress;
  const problem = last?.error ? problemOf(last.error) : undefined;
  return {
    query,
    rows: (last?.hits ?? []).map(personRow),
    pending: false,
    incomplete: last?.incomplete ?? false,
    ...(problem ? { problem: problem.code, values: problem.values } : {}),
  };
}
