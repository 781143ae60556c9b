import { UserRoundX } from 'lucide-react';
import type { Metadata, Route } from 'next';
import { redirect } from 'next/navigation';
import { followMerged } from '#app/(console)/persons/follow-merged.ts';
import { BackToPerson } from '#components/persons/record/back-to-person.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { Link } from '#components/ui/link.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { translations } from '#lib/i18n/server.ts';
import { idOf } from '#lib/omni/door/path.ts';
import { requirePage } from '#lib/session/request/guard.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('unlink'))('title') };
}

/** Unlinking is a dialog on the record; this address leads to it. */
export default async function UnlinkPage({ searchParams }: PageProps<'/persons/unlink'>) {
  const [signed, asked, t, tUi, tPeople] = await Promise.all([
    requirePage('/persons/unlink'),
    searchParams,
    translations('unlink'),
    translations('ui'),
    translations('persons'),
  ]);
  await followMerged(signed, '/persons/unlink', asked, ['person']);
  const [person, identity] = [idOf(asked.person), idOf(asked.identity)];
  if (person !== null && identity !== null) {
    const query = new URLSearchParams({ unlink: identity });
    if (typeof asked.was === 'string') query.set('was', asked.was);
    redirect(`/persons/${person}?${query}` as Route);
  }
  return (
    <>
      <BackToPerson omni={signed.omni} id={person} />
      <PageHeader title={t('title')} />
      <ListState
        icon={UserRoundX}
        role="alert"
        title={t('not-found')}
        actions={
          <Link href="/persons" className={buttonClass({})}>
            {tUi('go-to', { place: tPeople('title') })}
          </Link>
        }
      >
        {t('not-found-help')}
      </ListState>
    </>
  );
}
