import type { Metadata } from 'next';
import { Suspense } from 'react';
import { MergeAdvice } from '#components/persons/merge-advice.tsx';
import { MergeWizard } from '#components/persons/merge-wizard.tsx';
import { PersonPicker } from '#components/persons/person-picker.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { Lacks } from '#components/ui/lacks.tsx';
import { ListState } from '#components/ui/list-state.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Problem } from '#components/ui/problem.tsx';
import { translations } from '#lib/i18n/server.ts';
import { readingFresh } from '#lib/omni/read.ts';
import { idOf } from '#lib/omni/path.ts';
import { mergeChoices } from '#lib/persons/merge-link.ts';
import { mergeSides } from '#lib/persons/merge-sides.ts';
import { requireSession } from '#lib/session/guard.ts';
import { allows } from '#lib/session/scopes.ts';
import { UserRoundX } from 'lucide-react';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('merge'))('title') };
}

export default async function MergePage({ searchParams }: PageProps<'/persons/merge'>) {
  const [{ omni, session }, params, t] = await Promise.all([requireSession(), searchParams, translations('merge')]);
  if (allows(session.scopes, 'persons:write') === 'no') return <Lacks scope="persons:write" />;
  const stays = idOf(params.stays);
  const goes = idOf(params.goes);
  const ids = [stays, goes].filter((id) => id !== null);
  const sides = ids.length > 0 ? await mergeSides(readingFresh(omni), ids, session.scopes) : null;
  if (sides && !sides.ok) return <Problem page error={sides.error} />;
  const known = new Map(sides?.value.map((side) => [side.id, side]));
  const [one, other] = [stays ? known.get(stays) : undefined, goes ? known.get(goes) : undefined];
  const lost = [stays, goes].find((id) => id !== null && !known.has(id));
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <WithMessages of={['merge', 'persons', 'operations', 'problems', 'ui']}>
        {lost ? (
          <ListState icon={UserRoundX} role="alert" title={t('one-missing')}>
            {t('one-missing-help', { id: lost })}
          </ListState>
        ) : stays !== null && stays === goes ? (
          <ListState icon={UserRoundX} role="alert" title={t('same')}>
            {t('same-help')}
          </ListState>
        ) : one && other ? (
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
        ) : (
          <PersonPicker chosen={one ?? other ?? null} as={other && !one ? 'goes' : 'stays'} />
        )}
      </WithMessages>
    </>
  );
}
