import { UserRoundX } from 'lucide-react';
import type { Metadata } from 'next';
import { followedMerges, followMerged } from '#app/(console)/persons/follow-merged.ts';
import { BackToPerson } from '#components/persons/record/back-to-person.tsx';
import { MergedNotice } from '#components/persons/record/merged-notice.tsx';
import { ChooseIdentity } from '#components/persons/identities/choose-identity.tsx';
import { LinkWizard } from '#components/persons/identities/link-wizard.tsx';
import { ChoosePerson } from '#components/persons/directory/choose-person.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { FramedProblem } from '#components/ui/state/problem.tsx';
import { SkeletonCard } from '#components/ui/state/skeleton.tsx';
import { Deferred } from '#components/ui/state/deferred.tsx';
import { translations } from '#lib/i18n/server.ts';
import { idOf } from '#lib/omni/door/path.ts';
import { readingFresh } from '#lib/omni/cache/read.ts';
import { readComparedRecords, type ComparedRecord } from '#lib/persons/record/compared-record.ts';
import { requirePage } from '#lib/session/request/guard.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('link'))('title') };
}

export default async function LinkPage({ searchParams }: PageProps<'/persons/link'>) {
  const [signed, asked, t, tUi] = await Promise.all([
    requirePage('/persons/link'),
    searchParams,
    translations('link'),
    translations('ui'),
  ]);
  const { omni, session } = signed;
  await followMerged(signed, '/persons/link', asked, ['from', 'to']);
  const [from, identity, to] = [idOf(asked.from), idOf(asked.identity), idOf(asked.to)];
  const wanted = [from, to].filter((id) => id !== null);
  const read = () => readComparedRecords(readingFresh(omni), wanted, session);
  return (
    <>
      <BackToPerson omni={omni} id={from} />
      <MergedNotice merges={await followedMerges(signed, asked)} />
      <WithMessages
        of={['link', 'merge', 'picker', 'form', 'problems', 'verdict', 'seen', 'ui']}
        starts={['persons.link', 'persons.merge']}
      >
        <Deferred
          of={read}
          fallback={
            <>
              <PageHeader title={t('title')} />
              <SkeletonCard title={t('pick-identity')} label={tUi('loading')} rows={3} />
            </>
          }
        >
          {(records) =>
            records.ok ? (
              <Records {...{ from, identity, to, asked }} records={records.value} />
            ) : (
              <>
                <PageHeader title={t('title')} />
                <FramedProblem error={records.error} />
              </>
            )
          }
        </Deferred>
      </WithMessages>
    </>
  );
}

type Props = {
  from: string | null;
  identity: string | null;
  to: string | null;
  /** The query as it is: it may hold what is no id. */
  asked: Awaited<PageProps<'/persons/link'>['searchParams']>;
  records: readonly ComparedRecord[];
};

/** The next question: whose identity, which one, to whom; then the outcomes. */
async function Records({ from, identity, to, asked, records }: Props) {
  const t = await translations('link');
  const people = new Map(records.map((record) => [record.id, record]));
  const [first, second] = [people.get(from ?? ''), people.get(to ?? '')];
  // Who has only one is asked nothing: it is that one.
  const only = first?.identities.length === 1 && !to && asked.identity === undefined ? first.identities[0]?.id : null;
  const chosen = identity ?? only ?? null;
  const holder = [first, second].find((record) => record?.identities.some(({ id }) => id === chosen));
  const other = holder === first ? second : first;
  const missing = [from, to].some((id) => id !== null && !people.has(id)) || (from !== null && from === to);
  const lost = asked.identity !== undefined && !holder;
  const linked = holder?.identities.find(({ id }) => id === chosen);
  return (
    <>
      <PageHeader
        title={linked ? t('link-title', { identity: linked.called }) : t('title')}
        lead={
          (holder && other) || !first || missing
            ? undefined
            : t('lead', { name: (holder ?? first).name ?? t('no-name') })
        }
      />
      {missing || (lost && (first || asked.from !== undefined)) ? (
        <ListState icon={UserRoundX} role="alert" title={t('not-found')}>
          {t('not-found-help')}
        </ListState>
      ) : null}
      {missing ? null : !first ? (
        <ChoosePerson chosen={null} page="/persons/link" as="from" title={t('pick-from')} />
      ) : !holder || chosen === null ? (
        <ChooseIdentity from={first} to={second ?? null} />
      ) : other ? (
        <LinkWizard key={`${holder.id}/${other.id}/${chosen}`} from={holder} to={other} identityId={chosen} />
      ) : (
        <ChoosePerson chosen={holder} page="/persons/link" as="from" also={{ identity: chosen }} />
      )}
    </>
  );
}
