import { FlaskConical, Merge } from 'lucide-react';
import type { Metadata } from 'next';
import { Link } from '#components/ui/link.tsx';
import { notFound, redirect } from 'next/navigation';
import { Suspense, type ReactNode } from 'react';
import { decideAction } from '#app/(console)/persons/actions.ts';
import { followedMerges, readMerged } from '#app/(console)/persons/follow-merged.ts';
import { MergedNotice } from '#components/persons/record/merged-notice.tsx';
import { RecordHistory } from '#app/(console)/activity/record-history.tsx';
import { Visited } from '#components/palette/recent/visited.tsx';
import { DecideProvider } from '#components/persons/duplicates/decide-context.tsx';
import { Duplicates } from '#components/persons/duplicates/duplicates.tsx';
import { IdentityList } from '#components/persons/identities/identity-list.tsx';
import { PersonAccess } from '#components/persons/record/person-access.tsx';
import { PersonDetails } from '#components/persons/record/person-details.tsx';
import { NameSuggestion } from '#components/persons/record/name-suggestion.tsx';
import { PersonHead } from '#components/persons/record/person-head.tsx';
import { PersonAnswered, PersonBlocked, PersonSeen } from '#components/persons/record/person-state.tsx';
import { RecordMenu } from '#components/persons/record/record-menu.tsx';
import { RecordWalk } from '#components/persons/opening/record-walk.tsx';
import { WhoAnswers } from '#components/persons/record/who-answers.tsx';
import { Timeline } from '#components/persons/timeline/timeline.tsx';
import { AfterChange } from '#components/routes/list/after-change.tsx';
import { RouteSwitch } from '#components/routes/list/route-switch.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { BackLink } from '#components/ui/page-header.tsx';
import { Problem } from '#components/ui/state/problem.tsx';
import { SkeletonCard } from '#components/ui/state/skeleton.tsx';
import { WriteLink } from '#components/ui/write-link.tsx';
import { translations } from '#lib/i18n/server.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { idOf } from '#lib/omni/door/path.ts';
import { getPerson, getPresence } from '#lib/omni/resources/persons.ts';
import { curlLine } from '#lib/operations/plan/shell.ts';
import { calledBy, namedOf } from '#lib/persons/record/person-record.ts';
import { visibleName } from '#lib/text/visible.ts';
import { requirePage } from '#lib/session/request/guard.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { RecordDialogsOf } from './dialogs.tsx';
import { timelineParams } from './search-params.ts';
import { needsScope } from '#components/ui/locked/locked.ts';

export async function generateMetadata({ params }: PageProps<'/persons/[id]'>): Promise<Metadata> {
  const [{ omni }, given, t] = await Promise.all([requirePage('/persons/[id]'), params, translations('persons')]);
  const id = idOf(given.id);
  const person = id !== null ? await readPerson(omni, id) : null;
  const name = person?.ok ? visibleName(person.value.displayName) : null;
  return { title: name ? `${name} · ${t('title')}` : t('title') };
}

/** The person by themselves, so that the record is there where their activity can't be read; and the other way round. */
async function readPerson(omni: Omni, id: string) {
  const [person, presence] = [await getPerson(omni, id), getPresence(omni, id)];
  if (person.ok || person.error.kind === 'not_found') return person;
  const other = await presence;
  return other.ok ? { ok: true as const, value: other.value.person } : person;
}

export default async function PersonPage({ params, searchParams }: PageProps<'/persons/[id]'>) {
  const [signed, { id: given }, raw, t, tUi, tDuplicates, tRouting, tTimeline] = await Promise.all([
    requirePage('/persons/[id]'),
    params,
    searchParams,
    translations('person'),
    translations('ui'),
    translations('duplicates'),
    translations('routing'),
    translations('timeline'),
  ]);
  const { omni, session } = signed;
  const id = idOf(given);
  if (id === null) notFound();
  const read = await readPerson(omni, id);
  if (!read.ok) {
    const merged = read.error.kind === 'not_found' ? await readMerged(signed, id) : null;
    if (merged) redirect(`/persons/${merged.id}?was=${id}`);
    if (read.error.kind === 'not_found') notFound();
    return (
      <Problem
        page
        error={read.error}
        actions={
          <Link href="/persons" className={buttonClass({})}>
            {t('back')}
          </Link>
        }
      />
    );
  }
  const person = read.value;
  const locked = (scope: string) => (allows(session.scopes, scope) === 'no' ? needsScope(tUi, scope) : undefined);
  const cannotWrite = locked('persons:write');
  const [fact] = namedOf({ person, identities: [] }).facts;
  const own = { omni, session, id };
  const late = (title: string, part: ReactNode, rows?: number) => (
    <Suspense fallback={<SkeletonCard plain title={title} label={tUi('loading')} rows={rows} />}>{part}</Suspense>
  );
  return (
    <WithMessages
      of={[
        'form',
        'ui',
        'person',
        'omni-record',
        'duplicates',
        'timeline',
        'unlink',
        'block',
        'access-rules',
        'picker',
        'merge',
        'problems',
        'verdict',
        'seen',
        'routing',
      ]}
      starts={[
        'access.create',
        'access.edit',
        'access.delete',
        'persons.edit',
        'persons.block',
        'persons.unblock',
        'persons.unlink',
        'routes.activate',
      ]}
    >
      <Visited item={{ kind: 'person', id: person.id, name: calledBy({ person }) }} />
      <div className="flex flex-wrap items-center">
        <BackLink href="/persons">{t('back')}</BackLink>
        <RecordWalk id={id} />
      </div>
      <MergedNotice merges={await followedMerges(signed, raw)} page={id} />
      <PersonHead
        name={visibleName(person.displayName)}
        noName={t('no-name')}
        facts={
          <>
            {fact ? <bdi>{fact}</bdi> : null}
            <Suspense fallback={null}>
              <PersonSeen {...own} />
            </Suspense>
          </>
        }
        badges={
          <>
            <Suspense fallback={null}>
              <PersonBlocked {...own} />
            </Suspense>
            <Suspense fallback={null}>
              <PersonAnswered {...own} />
            </Suspense>
          </>
        }
        actions={
          <>
            <WriteLink href={`/routes/test?person=${id}`} locked={locked('routes:read')} className={buttonClass({})}>
              <FlaskConical aria-hidden className="size-4" />
              {t('test')}
            </WriteLink>
            <WriteLink href={`/persons/merge?into=${id}`} locked={cannotWrite} className={buttonClass({})}>
              <Merge aria-hidden className="size-4" />
              {t('merge')}
            </WriteLink>
            <RecordMenu
              id={id}
              command={curlLine('GET', omni.server.url, `/persons/${id}`)}
              locked={locked('access:write')}
            />
          </>
        }
      />
      <div className="grid max-w-[1120px] grid-cols-[minmax(0,1fr)] items-start gap-x-6 gap-y-4 border-t pt-3 lg:grid-cols-[minmax(0,1fr)_340px] lg:grid-rows-[auto_1fr]">
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
          <PersonDetails
            person={person}
            locked={cannotWrite}
            suggestion={
              <Suspense fallback={null}>
                <NameSuggestion omni={omni} id={id} />
              </Suspense>
            }
          />
          {late(t('identities'), <IdentityList omni={omni} id={id} locked={cannotWrite} />, 2)}
        </div>
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4 max-lg:border-t max-lg:pt-2 lg:row-span-2">
          {late(
            tRouting('title'),
            <>
              <AfterChangeOf omni={omni} server={session.server.id} id={id} />
              <WhoAnswers {...own} RouteSwitch={RouteSwitch} locked={locked('routes:write')} />
            </>,
            2,
          )}
          {late(tRouting('rules'), <PersonAccess {...own} locked={locked('access:write')} />)}
          {late(
            tDuplicates('title'),
            <DecideProvider decide={decideAction}>
              <Duplicates
                omni={omni}
                server={session.server.id}
                id={id}
                locked={cannotWrite}
                mayDecide={allows(session.scopes, 'persons:write') === 'yes'}
              />
            </DecideProvider>,
          )}
          {late(
            (await translations('activity'))('record.title'),
            <RecordHistory plain signed={signed} subject={`person:${id}`} />,
          )}
        </div>
        <div className="min-w-0 border-t pt-2">
          {late(tTimeline('title'), <Timeline omni={omni} personId={id} params={timelineParams.parse(raw)} />, 5)}
        </div>
      </div>
      <Suspense fallback={null}>
        <RecordDialogsOf {...own} name={calledBy({ person })} />
      </Suspense>
    </WithMessages>
  );
}

/** Says until when Omni may still answer as before, after a change on an instance of this person. */
async function AfterChangeOf({ omni, server, id }: { omni: Omni; server: string; id: string }) {
  const presence = await getPresence(omni, id);
  if (!presence.ok) return null;
  return <AfterChange server={server} on={presence.value.identities.flatMap(({ instanceId }) => instanceId ?? [])} />;
}
