import { ArrowLeft, Merge, SearchX } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { Suspense } from 'react';
import { decideAction } from '#app/(console)/persons/actions.ts';
import { Visited } from '#components/palette/visited.tsx';
import { DecideProvider } from '#components/persons/decide-context.tsx';
import { Duplicates } from '#components/persons/duplicates.tsx';
import { IdentityCards } from '#components/persons/identity-cards.tsx';
import { PersonDetails } from '#components/persons/person-details.tsx';
import { PersonHead } from '#components/persons/person-head.tsx';
import { PersonRouting } from '#components/persons/person-routing.tsx';
import { PresenceByChannel } from '#components/persons/presence-by-channel.tsx';
import { Timeline } from '#components/persons/timeline.tsx';
import { AfterChange } from '#components/routes/after-change.tsx';
import { RouteSwitch } from '#components/routes/route-switch.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { ListState } from '#components/ui/list-state.tsx';
import { Problem } from '#components/ui/problem.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { translations } from '#lib/i18n/server.ts';
import { idOf } from '#lib/omni/path.ts';
import { getPresence } from '#lib/omni/persons.ts';
import { instancesSnapshot } from '#lib/omni/snapshot.ts';
import { requireSession } from '#lib/session/guard.ts';
import { allows } from '#lib/session/scopes.ts';
import { timelineParams } from './search-params.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('persons'))('title') };
}

export default async function PersonPage({ params, searchParams }: PageProps<'/persons/[id]'>) {
  const [{ omni, session }, { id: given }, raw, t, tUi] = await Promise.all([
    requireSession(),
    params,
    searchParams,
    translations('person'),
    translations('ui'),
  ]);
  const id = idOf(given);
  if (id === null) {
    return (
      <ListState icon={SearchX} title={t('bad-id')} actions={<Back label={t('back')} />}>
        {t('bad-id-help')}
      </ListState>
    );
  }
  const [presence, instances] = await Promise.all([getPresence(omni, id), instancesSnapshot(omni)]);
  if (!presence.ok) {
    if (presence.error.kind === 'not_found') notFound();
    return <Problem error={presence.error} retryHref={`/persons/${id}`} actions={<Back label={t('back')} />} />;
  }
  const { person, identities, summary, byChannel } = presence.value;
  const names = new Map(instances.ok ? instances.value.map((instance) => [instance.id, instance.name]) : []);
  const locked = (scope: string) =>
    allows(session.scopes, scope) === 'no' ? tUi('needs-scope', { scope }) : undefined;
  const cannotWrite = locked('persons:write');
  const called = person.displayName?.trim() || person.primaryPhone || person.primaryEmail || id.slice(0, 8);
  return (
    <WithMessages of={['ui', 'person', 'duplicates', 'operations', 'problems', 'routing']}>
      <Visited hit={{ kind: 'person', id: person.id, name: called }} />
      <Link
        href="/persons"
        prefetch={false}
        className="mb-3 inline-flex min-h-8 items-center gap-1 text-sm text-muted hover:text-text"
      >
        <ArrowLeft aria-hidden className="size-4" />
        {t('back')}
      </Link>
      <PersonHead
        person={person}
        summary={summary}
        actions={
          cannotWrite ? (
            <span aria-disabled title={cannotWrite} className={buttonClass({})}>
              <Merge aria-hidden className="size-4" />
              {t('join')}
            </span>
          ) : (
            <Link prefetch={false} href={`/persons/merge?stays=${id}`} className={buttonClass({})}>
              <Merge aria-hidden className="size-4" />
              {t('join')}
            </Link>
          )
        }
      />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.2fr)]">
        <div className="grid min-w-0 gap-4">
          <PersonDetails person={person} locked={cannotWrite} />
          <Suspense fallback={null}>
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
          <Suspense fallback={<SkeletonRows rows={3} label={tUi('loading')} />}>
            <AfterChange server={session.server.id} />
            <PersonRouting
              omni={omni}
              RouteSwitch={RouteSwitch}
              personId={id}
              identities={identities}
              locked={locked('routes:write')}
            />
          </Suspense>
        </div>
        <div className="grid min-w-0 gap-4">
          <IdentityCards identities={identities} instanceNames={names} personId={id} locked={cannotWrite} />
          <PresenceByChannel byChannel={byChannel} />
          <Suspense fallback={<SkeletonRows rows={5} label={tUi('loading')} />}>
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
    <Link href="/persons" prefetch={false} className={buttonClass({})}>
      {label}
    </Link>
  );
}
