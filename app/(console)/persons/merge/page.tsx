import type { Metadata, Route } from 'next';
import { redirect } from 'next/navigation';
import { Suspense } from 'react';
import { followedMerges, followMerged } from '#app/(console)/persons/follow-merged.ts';
import { NextDuplicate } from '#components/persons/duplicates/next-duplicate.tsx';
import { BackToPerson } from '#components/persons/record/back-to-person.tsx';
import { MergedNotice } from '#components/persons/record/merged-notice.tsx';
import { EntryPanel } from '#components/activity/entry-panel.tsx';
import { MergeAdvice } from '#components/persons/merge/merge-advice.tsx';
import { MergeWizard } from '#components/persons/merge/merge-wizard.tsx';
import { ChoosePerson } from '#components/persons/directory/choose-person.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { FramedProblem } from '#components/ui/state/problem.tsx';
import { SkeletonCard } from '#components/ui/state/skeleton.tsx';
import { Deferred } from '#components/ui/state/deferred.tsx';
import { Time } from '#components/ui/time.tsx';
import { readerOf } from '#lib/actions/runner.ts';
import { translations } from '#lib/i18n/server.ts';
import { readingFresh } from '#lib/omni/cache/read.ts';
import { idOf } from '#lib/omni/door/path.ts';
import { mergeAddressToday, mergeChoices } from '#lib/persons/merge/merge-address.ts';
import { fieldChoices, fieldRows } from '#lib/persons/merge/merge-fields.ts';
import { readComparedRecords, type ComparedRecord } from '#lib/persons/record/compared-record.ts';
import { viewOf } from '#lib/operations/receipt/view.ts';
import { mergeEntryOf } from '#lib/persons/undo/merge-entry.ts';
import { requirePage, type Signed } from '#lib/session/request/guard.ts';
import { store } from '#lib/store/database.ts';
import { storeAnswer } from '#lib/store/store-error.ts';
import { UserRoundX } from 'lucide-react';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('merge'))('title') };
}

export default async function MergePage({ searchParams }: PageProps<'/persons/merge'>) {
  const [signed, params, t, tUi] = await Promise.all([
    requirePage('/persons/merge'),
    searchParams,
    translations('merge'),
    translations('ui'),
  ]);
  const { omni, session } = signed;
  const today = mergeAddressToday(params);
  if (today !== null) redirect(today as Route);
  await followMerged(signed, '/persons/merge', params, ['into', 'from']);
  const survivor = idOf(params.into);
  const duplicate = idOf(params.from);
  const ids = [survivor, duplicate].filter((id) => id !== null);
  return (
    <>
      <BackToPerson omni={omni} id={survivor} />
      <PageHeader title={t('title')} />
      <MergedNotice merges={await followedMerges(signed, params)} />
      <WithMessages
        of={['merge', 'duplicates-next', 'picker', 'form', 'problems', 'verdict', 'seen', 'ui', 'plan-old']}
        starts={['persons.merge']}
      >
        {survivor !== null && survivor === duplicate ? (
          <ListState icon={UserRoundX} role="alert" title={t('same')}>
            {t('same-help')}
          </ListState>
        ) : ids.length === 0 ? (
          <ChoosePerson chosen={null} page="/persons/merge" as="into" />
        ) : (
          <Deferred
            of={() => readComparedRecords(readingFresh(omni), ids, session)}
            fallback={<SkeletonCard title={t('fields')} label={tUi('loading')} rows={6} />}
          >
            {(records) =>
              records.ok ? (
                <Records {...{ signed, survivor, duplicate, params }} records={records.value} />
              ) : (
                <FramedProblem error={records.error} />
              )
            }
          </Deferred>
        )}
      </WithMessages>
    </>
  );
}

type Props = {
  signed: Signed;
  survivor: string | null;
  duplicate: string | null;
  params: Awaited<PageProps<'/persons/merge'>['searchParams']>;
  records: readonly ComparedRecord[];
};

/** Both people compared; the search for the one that is not chosen; the receipt where they were merged. */
async function Records({ signed, survivor, duplicate, params, records }: Props) {
  const t = await translations('merge');
  const { omni, session } = signed;
  const known = new Map(records.map((record) => [record.id, record]));
  const [one, other] = [known.get(survivor ?? ''), known.get(duplicate ?? '')];
  const missing = [survivor, duplicate].find((id) => id !== null && !known.has(id));
  if (survivor && duplicate && missing === duplicate) {
    const merged = await readMerge({ signed, survivor, duplicate });
    if (merged)
      return (
        <EntryPanel
          heading="h2"
          first={merged}
          when={<Time at={merged.createdAt} absolute />}
          afterwards={<NextDuplicate survivor={survivor} duplicate={duplicate} />}
        />
      );
  }
  if (missing) {
    return (
      <ListState icon={UserRoundX} role="alert" title={t('one-missing')}>
        {t('one-missing-help', { id: missing })}
      </ListState>
    );
  }
  if (!one || !other)
    return <ChoosePerson chosen={one ?? other ?? null} page="/persons/merge" as={other && !one ? 'from' : 'into'} />;
  return (
    <MergeWizard
      key={`${one.id}/${other.id}`}
      survivor={one}
      duplicate={other}
      fields={fieldRows(fieldChoices(one.fields, other.fields, mergeChoices(params).fields))}
      start={mergeChoices(params)}
      advice={
        <Suspense fallback={null}>
          <MergeAdvice omni={readingFresh(omni)} survivor={one.id} duplicate={other.id} scopes={session.scopes} />
        </Suspense>
      }
    />
  );
}

/** The merge that the duplicate is gone by, where the journal knows of it and this key may read it. */
async function readMerge({ signed, survivor, duplicate }: { signed: Signed; survivor: string; duplicate: string }) {
  const found = await storeAnswer(store().then((db) => mergeEntryOf(db, readerOf(signed), { survivor, duplicate })));
  return found.ok && found.value ? viewOf(found.value) : null;
}
