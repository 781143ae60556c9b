import { UserRoundX } from 'lucide-react';
import type { Metadata } from 'next';
import { IdentityPicker } from '#components/persons/identities/identity-picker.tsx';
import { MoveWizard } from '#components/persons/identities/link-wizard.tsx';
import { PersonPicker } from '#components/persons/directory/person-picker.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { FramedProblem } from '#components/ui/state/problem.tsx';
import { SkeletonCard } from '#components/ui/state/skeleton.tsx';
import { Deferred } from '#components/ui/state/deferred.tsx';
import { translations } from '#lib/i18n/server.ts';
import { idOf } from '#lib/omni/door/path.ts';
import { readingFresh } from '#lib/omni/cache/read.ts';
import { mergeSides, type CompareSide } from '#lib/persons/record/compared-record.ts';
import { requirePage } from '#lib/session/request/guard.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('link'))('title') };
}

export default async function LinkPage({ searchParams }: PageProps<'/persons/link'>) {
  const [{ omni, session }, asked, t, tMerge, tUi] = await Promise.all([
    requirePage('/persons/link'),
    searchParams,
    translations('link'),
    translations('merge'),
    translations('ui'),
  ]);
  const [from, identity, to] = [idOf(asked.from), idOf(asked.identity), idOf(asked.to)];
  const wanted = [from, to].filter((id) => id !== null);
  const read = () => mergeSides(readingFresh(omni), wanted, session.scopes);
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <WithMessages of={['link', 'merge', 'persons', 'operations', 'problems', 'ui']}>
        <Deferred
          of={read}
          fallback={
            <SkeletonCard
              title={identity === null ? t('pick-identity') : tMerge('what-happens')}
              label={tUi('loading')}
              rows={3}
            />
          }
        >
          {(sides) =>
            sides.ok ? (
              <Sides {...{ from, identity, to, asked }} sides={sides.value} />
            ) : (
              <FramedProblem error={sides.error} />
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
  /** The address as it is: it may name somebody by what is no id. */
  asked: Awaited<PageProps<'/persons/link'>['searchParams']>;
  sides: readonly CompareSide[];
};

/** The next question: whose identity moves, which one, to whom; then what happens. */
async function Sides({ from, identity, to, asked, sides }: Props) {
  const t = await translations('link');
  const people = new Map(sides.map((side) => [side.id, side]));
  const [first, second] = [people.get(from ?? ''), people.get(to ?? '')];
  const holder = [first, second].find((side) => side?.identities.some(({ id }) => id === identity));
  const other = holder === first ? second : first;
  const missing = [from, to].some((id) => id !== null && !people.has(id)) || (from !== null && from === to);
  const lost = asked.identity !== undefined && !holder;
  return (
    <>
      {missing || (lost && (first || asked.from !== undefined)) ? (
        <ListState icon={UserRoundX} role="alert" title={t('bad-link')}>
          {t('bad-link-help')}
        </ListState>
      ) : null}
      {missing ? null : !first ? (
        <PersonPicker chosen={null} as="from" title={t('pick-from')} />
      ) : !holder || identity === null ? (
        <IdentityPicker from={first} to={second ?? null} />
      ) : other ? (
        <MoveWizard key={`${holder.id}/${other.id}/${identity}`} from={holder} to={other} identityId={identity} />
      ) : (
        <PersonPicker chosen={holder} as="from" />
      )}
    </>
  );
}
