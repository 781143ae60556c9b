import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { EntryPanel } from '#components/activity/entry-panel.tsx';
import { EntryChanges } from '#components/activity/entry-changes.tsx';
import { EntryBefore } from '#components/activity/entry-before.tsx';
import { NextDuplicate } from '#components/persons/duplicates/next-duplicate.tsx';
import { requestSay } from '#components/operations/receipt/request-say.ts';
import { UnshownNotice } from '#components/keys/secret/unshown-notice.tsx';
import { BackLink } from '#components/ui/page-header.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { Problem } from '#components/ui/state/problem.tsx';
import { Time } from '#components/ui/time.tsx';
import { readerOf } from '#lib/actions/runner.ts';
import { translations } from '#lib/i18n/server.ts';
import { isUuid } from '#lib/omni/door/path.ts';
import { readEntry } from '#lib/operations/journal/journal.ts';
import { mayRead } from '#lib/operations/journal/list.ts';
import { mapSeen } from '#lib/omni/seen.ts';
import { unshownKeys } from '#lib/keys/form/unshown-keys.ts';
import { capabilityOf } from '#lib/keys/list/capability.ts';
import { viewOf } from '#lib/operations/receipt/view.ts';
import { requireLiveKey } from '#lib/session/request/guard.ts';
import { store } from '#lib/store/database.ts';
import { storeAnswer } from '#lib/store/store-error.ts';

/** The entry of a page, for whom it concerns; read once, for the title too. */
const entryOfPage = cache(async (id: string) => {
  const signed = await requireLiveKey();
  const entry = isUuid(id) ? await readEntry(await store(), id) : null;
  return entry && mayRead(entry, readerOf(signed)) ? entry : null;
});

export async function generateMetadata({ params }: PageProps<'/activity/[id]'>): Promise<Metadata> {
  const [answer, t, say] = await Promise.all([
    storeAnswer(params.then(({ id }) => entryOfPage(id))),
    translations('activity'),
    requestSay(),
  ]);
  if (!answer.ok || !answer.value) return { title: t('title') };
  const { title } = viewOf(answer.value);
  return { title: `${say(title)} · ${t('title')}` };
}

export default async function EntryPage({ params, searchParams }: PageProps<'/activity/[id]'>) {
  const [{ omni, session }, { id }, { undo }, t] = await Promise.all([
    requireLiveKey(),
    params,
    searchParams,
    translations('activity'),
  ]);
  const say = await requestSay();
  const now = Date.now();
  const answer = await storeAnswer(entryOfPage(id));
  if (!answer.ok) return <Problem page error={answer.error} />;
  const entry = answer.value;
  if (!entry) notFound();
  const view = viewOf(entry);
  const [duplicate, survivor] = view.operation === 'persons.merge' ? peopleOf(view.subjects) : [];
  const unshown = await storeAnswer(store().then((db) => unshownKeys(db, omni, entry.server, entry.id)));
  return (
    <>
      <BackLink href="/activity">{t('title')}</BackLink>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-6 gap-y-4 lg:has-[#changes]:grid-cols-[minmax(0,1fr)_340px]">
        <div className="min-w-0">
          <WithMessages of={['duplicates-next', 'form', 'problems', 'ui']} starts="all">
            <EntryPanel
              first={{ ...view, changes: [] }}
              when={<Time at={entry.createdAt} absolute />}
              undoing={undo !== undefined}
              afterwards={survivor && duplicate ? <NextDuplicate survivor={survivor} duplicate={duplicate} /> : null}
            />
          </WithMessages>
          {(unshown.ok ? unshown.value : []).map((key) => (
            <UnshownNotice
              key={key.id}
              id={key.id}
              barred={mapSeen(
                key.seen,
                (seen) => capabilityOf(seen, { scopes: session.heldScopes, now, ending: null }).revoke,
              )}
              say={say}
            />
          ))}
        </div>
        <EntryChanges plan={entry.body.plan} done={view.status === 'done'} />
        <EntryBefore entry={entry} />
      </div>
    </>
  );
}

/** The people an entry is about, as it locked them: of a merge the duplicate first. */
function peopleOf(subjects: readonly string[]): string[] {
  return subjects.flatMap((subject) => (subject.startsWith('person:') ? [subject.slice('person:'.length)] : []));
}
