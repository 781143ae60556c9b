import { UserRoundX } from 'lucide-react';
import type { Metadata } from 'next';
import { followedMerges, followMerged } from '#app/(console)/persons/follow-merged.ts';
import { MergedNotice } from '#components/persons/record/merged-notice.tsx';
import { UnlinkWizard } from '#components/persons/identities/unlink-wizard.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { translations } from '#lib/i18n/server.ts';
import { idOf } from '#lib/omni/door/path.ts';
import { requirePage } from '#lib/session/request/guard.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('unlink'))('title') };
}

export default async function UnlinkPage({ searchParams }: PageProps<'/persons/unlink'>) {
  const [signed, asked, t] = await Promise.all([requirePage('/persons/unlink'), searchParams, translations('unlink')]);
  await followMerged(signed, '/persons/unlink', asked, ['person']);
  const [person, identity] = [idOf(asked.person), idOf(asked.identity)];
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <MergedNotice merges={await followedMerges(signed, asked)} />
      {person !== null && identity !== null ? (
        <WithMessages of={['unlink', 'merge', 'operations', 'form', 'problems', 'ui']}>
          <UnlinkWizard personId={person} identityId={identity} />
        </WithMessages>
      ) : (
        <ListState icon={UserRoundX} role="alert" title={t('not-found')}>
          {t('not-found-help')}
        </ListState>
      )}
    </>
  );
}
