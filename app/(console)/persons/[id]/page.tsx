import { ArrowLeft, SearchX } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { IdentityCards } from '#components/persons/identity-cards.tsx';
import { PersonDetails } from '#components/persons/person-details.tsx';
import { PersonHead } from '#components/persons/person-head.tsx';
import { PresenceByChannel } from '#components/persons/presence-by-channel.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { ListState } from '#components/ui/list-state.tsx';
import { Problem } from '#components/ui/problem.tsx';
import { translations } from '#lib/i18n/server.ts';
import { getPresence } from '#lib/omni/persons.ts';
import { instancesSnapshot } from '#lib/omni/snapshot.ts';
import { isUuid } from '#lib/omni/path.ts';
import { requireSession } from '#lib/session/guard.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('persons'))('title') };
}

export default async function PersonPage({ params }: PageProps<'/persons/[id]'>) {
  const [{ omni }, { id }, t] = await Promise.all([requireSession(), params, translations('person')]);
  if (!isUuid(id)) {
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
  return (
    <WithMessages of={['ui']}>
      <Link
        href="/persons"
        prefetch={false}
        className="mb-3 inline-flex min-h-8 items-center gap-1 text-sm text-muted hover:text-text"
      >
        <ArrowLeft aria-hidden className="size-4" />
        {t('back')}
      </Link>
      <PersonHead person={person} summary={summary} />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.2fr)]">
        <div className="grid gap-4">
          <PersonDetails person={person} />
        </div>
        <div className="grid gap-4">
          <IdentityCards identities={identities} instanceNames={names} />
          <PresenceByChannel byChannel={byChannel} />
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
