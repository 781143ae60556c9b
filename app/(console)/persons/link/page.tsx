import { UserRoundX } from 'lucide-react';
import type { Metadata } from 'next';
import { MoveWizard } from '#components/persons/move-wizard.tsx';
import { PersonPicker } from '#components/persons/person-picker.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { ListState } from '#components/ui/list-state.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Problem } from '#components/ui/problem.tsx';
import { translations } from '#lib/i18n/server.ts';
import { idOf } from '#lib/omni/path.ts';
import { readingFresh } from '#lib/omni/read.ts';
import { mergeSides } from '#lib/persons/merge-sides.ts';
import { requireSession } from '#lib/session/guard.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('link'))('title') };
}

export default async function LinkPage({ searchParams }: PageProps<'/persons/link'>) {
  const [{ omni, session }, asked, t] = await Promise.all([requireSession(), searchParams, translations('link')]);
  const [from, identity, to] = [idOf(asked.from), idOf(asked.identity), idOf(asked.to)];
  const wanted = [from, to].filter((id) => id !== null);
  const sides = await mergeSides(readingFresh(omni), wanted, session.scopes);
  if (!sides.ok) return <Problem error={sides.error} retryHref="/persons" />;
  const source = sides.value.find(({ id }) => id === from);
  const target = sides.value.find(({ id }) => id === to);
  const has = source?.identities.some(({ id }) => id === identity) ?? false;
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <WithMessages of={['link', 'merge', 'persons', 'operations', 'problems', 'ui']}>
        {!source || identity === null || !has || (to !== null && !target) || from === to ? (
          <ListState icon={UserRoundX} role="alert" title={t('bad-link')}>
            {t('bad-link-help')}
          </ListState>
        ) : target ? (
          <MoveWizard from={source} to={target} identityId={identity} />
        ) : (
          <PersonPicker chosen={source} as="from" />
        )}
      </WithMessages>
    </>
  );
}
