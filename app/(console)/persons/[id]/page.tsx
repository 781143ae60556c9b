import { ArrowLeft, Merge } from 'lucide-react';
import type { Metadata } from 'next';
import { Link } from '#components/ui/link.tsx';
import { notFound, redirect } from 'next/navigation';
import { Suspense } from 'react';
import { decideAction } from '#app/(console)/persons/actions.ts';
import { followedMerges, readMerged } from '#app/(console)/persons/follow-merged.ts';
import { MergedNotice } from '#components/persons/record/merged-notice.tsx';
import { Visited } from '#components/palette/recent/visited.tsx';
import { DecideProvider } from '#components/persons/duplicates/decide-context.tsx';
import { Duplicates } from '#components/persons/duplicates/duplicates.tsx';
import { IdentityCards } from '#components/persons/identities/identity-cards.tsx';
import { PersonAccess, PersonBlocked } from '#components/persons/record/person-access.tsx';
import { PersonDetails } from '#components/persons/record/person-details.tsx';
import { PersonHead } from '#components/persons/record/person-head.tsx';
import { PersonRouting } from '#components/persons/record/person-routing.tsx';
import { PresenceByChannel } from '#components/persons/identities/presence-by-channel.tsx';
import { Timeline } from '#components/persons/timeline/timeline.tsx';
import { AfterChange } from '#components/routes/list/after-change.tsx';
import { RouteSwitch } from '#components/routes/list/route-switch.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { GuardedButton } from '#components/ui/guarded-button.tsx';
import { Problem } from '#components/ui/state/problem.tsx';
import { SkeletonCard } from '#components/ui/state/skeleton.tsx';
import { Deferred } from '#components/ui/state/deferred.tsx';
import { translations } from '#lib/i18n/server.ts';
import { idOf } from '#lib/omni/door/path.ts';
import { getPresence } from '#lib/omni/resources/persons.ts';
import { instancesSnapshot } from '#lib/omni/cache/snapshot.ts';
import { calledBy } from '#lib/persons/record/person-record.ts';
import { visibleName } from '#lib/text/visible.ts';
import { requirePage } from '#lib/session/request/guard.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { timelineParams } from './search-params.ts';

export async function generateMetadata({ params }: PageProps<'/persons/[id]'>): Promise<Metadata> {
  const [{ omni }, given, t] = await Promise.all([requirePage('/persons/[id]'), params, translations('persons')]);
  const id = idOf(given.id);
  const presence = id !== null ? await getPresence(omni, id) : null;
  const name = presence?.ok ? visibleName(presence.value.person.displayName) : null;
  return { title: name ? `${name} · ${t('title')}` : t('title') };
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
  // Loaded at the same time as the person, and used below for the names of instances.
  instancesSnapshot(omni).catch(() => undefined);
  const presence = await getPresence(omni, id);
  if (!presence.ok) {
    const merged = presence.error.kind === 'not_found' ? await readMerged(signed, id) : null;
    if (merged) redirect(`/persons/${merged.id}?was=${id}`);
    if (presence.error.kind === 'not_found') notFound();
    return <Problem page error={presence.error} actions={<Back label={t('back')} />} />;
  }
  const { person, identities, summary, byChannel } = presence.value;
  const locked = (scope: string) =>
    allows(session.scopes, scope) === 'no' ? tUi('needs-scope', { scope }) : undefined;
  const cannotWrite = locked('persons:write');
  const called = calledBy({ person });
  return (
    <WithMessages of={['form', 'ui', 'person', 'duplicates', 'operations', 'problems', 'verdict', 'seen', 'routing']}>
      <Visited item={{ kind: 'person', id: person.id, name: called }} />
      <Link href="/persons" className="mb-3 inline-flex min-h-8 items-center gap-1 text-sm text-muted hover:text-text">
        <ArrowLeft aria-hidden className="size-4" />
        {t('back')}
      </Link>
      <MergedNotice merges={await followedMerges(signed, raw)} page={id} />
      <PersonHead
        person={person}
        summary={summary}
        badge={
          <Suspense fallback={null}>
            <PersonBlocked omni={omni} session={session} person={person} identities={identities} />
          </Suspense>
        }
        actions={
          cannotWrite ? (
            <GuardedButton reason={cannotWrite}>
              <Merge aria-hidden className="size-4" />
              {t('merge')}
            </GuardedButton>
          ) : (
            <Link href={`/persons/merge?into=${id}`} className={buttonClass({})}>
              <Merge aria-hidden className="size-4" />
              {t('merge')}
            </Link>
          )
        }
      />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.2fr)]">
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
          <PersonDetails person={person} locked={cannotWrite} />
          <Suspense fallback={<SkeletonCard title={tDuplicates('title')} label={tUi('loading')} />}>
            <DecideProvider decide={decideAction}>
              <Duplicates
                omni={omni}
                server={session.server.id}
                person={person}
                identities={identities}
                locked={cannotWrite}
                mayDecide={allows(session.scopes, 'persons:write') === 'yes'}
              />
            </DecideProvider>
          </Suspense>
          <Suspense fallback={<SkeletonCard title={tRouting('title')} label={tUi('loading')} rows={3} />}>
            <AfterChange server={session.server.id} on={identities.flatMap(({ instanceId }) => instanceId ?? [])} />
            <PersonRouting
              omni={omni}
              RouteSwitch={RouteSwitch}
              session={session}
              person={person}
              identities={identities}
              locked={locked('routes:write')}
            />
          </Suspense>
          <Suspense fallback={<SkeletonCard title={tRouting('rules')} label={tUi('loading')} />}>
            <PersonAccess omni={omni} session={session} person={person} identities={identities} />
          </Suspense>
        </div>
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
          <Deferred
            of={() => instancesSnapshot(omni)}
            fallback={<SkeletonCard title={t('identities')} label={tUi('loading')} rows={identities.length} />}
          >
            {(known) => (
              <IdentityCards
                identities={identities}
                instanceNames={new Map(known.ok ? known.value.map(({ id: one, name }) => [one, name]) : [])}
                personId={id}
                locked={cannotWrite}
              />
            )}
          </Deferred>
          <PresenceByChannel byChannel={byChannel} />
          <Suspense fallback={<SkeletonCard title={tTimeline('title')} label={tUi('loading')} rows={5} />}>
            <Timeline
              omni={omni}
              personId={id}
              channels={[...new Set(identities.map(({ channel }) => channel))]}
              params={timelineParams.parse(raw)}
            />
          </Suspense>
        </div>
      </div>
    </WithMessages>
  );
}

function Back({ label }: { label: string }) {
  return (
    <Link href="/persons" className={buttonClass({})}>
      {label}
    </Link>
  );
}
