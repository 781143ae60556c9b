import type { Metadata } from 'next';
import { Suspense } from 'react';
import { MergeAdvice } from '#components/persons/merge/merge-advice.tsx';
import { MergeWizard } from '#components/persons/merge/merge-wizard.tsx';
import { PersonPicker } from '#components/persons/directory/person-picker.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { FramedProblem } from '#components/ui/state/problem.tsx';
import { SkeletonCard } from '#components/ui/state/skeleton.tsx';
import { Deferred } from '#components/ui/state/deferred.tsx';
import { translations } from '#lib/i18n/server.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { readingFresh } from '#lib/omni/cache/read.ts';
import { idOf } from '#lib/omni/door/path.ts';
import { mergeChoices } from '#lib/persons/merge/merge-link.ts';
import { mergeSides, type CompareSide } from '#lib/persons/record/compared-record.ts';
import { requirePage } from '#lib/session/request/guard.ts';
import type { Session } from '#lib/session/session.ts';
import { UserRoundX } from 'lucide-react';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('merge'))('title') };
}

export default async function MergePage({ searchParams }: PageProps<'/persons/merge'>) {
  const [{ omni, session }, params, t, tUi] = await Promise.all([
    requirePage('/persons/merge'),
    searchParams,
    translations('merge'),
    translations('ui'),
  ]);
  const stays = idOf(params.stays);
  const goes = idOf(params.goes);
  const ids = [stays, goes].filter((id) => id !== null);
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <WithMessages of={['merge', 'persons', 'operations', 'problems', 'ui']}>
        {stays !== null && stays === goes ? (
          <ListState icon={UserRoundX} role="alert" title={t('same')}>
            {t('same-help')}
          </ListState>
        ) : ids.length === 0 ? (
          <PersonPicker chosen={null} as="stays" />
        ) : (
          <Deferred
            of={() => mergeSides(readingFresh(omni), ids, session.scopes)}
            fallback={<SkeletonCard title={t('fields')} label={tUi('loading')} rows={6} />}
          >
            {(sides) =>
              sides.ok ? (
                <Sides {...{ omni, session, stays, goes, params }} sides={sides.value} />
              ) : (
                <FramedProblem error={sides.error} />
              )
            }
          </Deferred>
        )}
      </WithMessages>
    </>
  );
}

type Props = {
  omni: Omni;
  session: Session;
  stays: string | null;
  goes: string | null;
  params: Awaited<PageProps<'/persons/merge'>['searchParams']>;
  sides: readonly CompareSide[];
};

/** Both people compared, or the second one looked for. */
async function Sides({ omni, session, stays, goes, params, sides }: Props) {
  const t = await translations('merge');
  const known = new Map(sides.map((side) => [side.id, side]));
  const [one, other] = [known.get(stays ?? ''), known.get(goes ?? '')];
  const lost = [stays, goes].find((id) => id !== null && !known.has(id));
  if (lost) {
    return (
      <ListState icon={UserRoundX} role="alert" title={t('one-missing')}>
        {t('one-missing-help', { id: lost })}
      </ListState>
    );
  }
  if (!one || !other) return <PersonPicker chosen={one ?? other ?? null} as={other && !one ? 'goes' : 'stays'} />;
  return (
    <MergeWizard
      key={`${one.id}/${other.id}`}
      stays={one}
      goes={other}
      start={mergeChoices(params)}
      advice={
        <Suspense fallback={null}>
          <MergeAdvice omni={readingFresh(omni)} stays={one.id} goes={other.id} scopes={session.scopes} />
        </Suspense>
      }
    />
  );
}
