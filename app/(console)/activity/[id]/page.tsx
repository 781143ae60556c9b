import { ArrowLeft, SearchX } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { EntryPanel } from '#components/activity/entry-panel.tsx';
import { EntryChanges } from '#components/activity/entry-changes.tsx';
import { EntryBefore } from '#components/activity/entry-before.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { ListState } from '#components/ui/list-state.tsx';
import { readerOf } from '#lib/actions/runner.ts';
import { translations } from '#lib/i18n/server.ts';
import { isUuid } from '#lib/omni/path.ts';
import { readEntry } from '#lib/operations/journal.ts';
import { mayRead } from '#lib/operations/list.ts';
import { viewOf } from '#lib/operations/view.ts';
import { requireSession } from '#lib/session/guard.ts';
import { store } from '#lib/store/database.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('activity'))('title') };
}

export default async function EntryPage({ params }: PageProps<'/activity/[id]'>) {
  const [signed, { id }, t] = await Promise.all([requireSession(), params, translations('activity')]);
  const entry = isUuid(id) ? await readEntry(await store(), id) : null;
  if (!entry || !mayRead(entry, readerOf(signed))) {
    return (
      <ListState icon={SearchX} title={t('no-entry')}>
        {t('no-entry-help')}
      </ListState>
    );
  }
  return (
    <>
      <Link
        href="/activity"
        prefetch={false}
        className="mb-3 inline-flex min-h-8 items-center gap-1 text-sm text-muted hover:text-text"
      >
        <ArrowLeft aria-hidden className="size-4" />
        {t('title')}
      </Link>
      <WithMessages of={['operations', 'problems', 'ui']}>
        <EntryPanel first={viewOf(entry, Date.now())} />
      </WithMessages>
      <EntryChanges entry={entry} />
      <EntryBefore entry={entry} />
    </>
  );
}
