'use client';

import { MoveRight, UsersRound } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { FollowFocus } from '#components/operations/run/follow-focus.tsx';
import { OperationPanel } from '#components/operations/run/operation-panel.tsx';
import { useOperation } from '#components/operations/run/use-operation.ts';
import { usePreview } from '#components/operations/plan/use-preview.ts';
import { buttonClass } from '#components/ui/button.tsx';
import type { CompareSide } from '#lib/persons/record/compared-record.ts';

type Props = { from: CompareSide; to: CompareSide; identityId: string };

/** Two outcomes that Omni's link does not tell apart: everything becomes one person, or only this identity moves. */
export function MoveWizard({ from, to, identityId }: Props) {
  const t = useTranslations('link');
  const [chosen, choose] = useState(false);
  const operation = useOperation();
  const identity = from.identities.find(({ id }) => id === identityId);
  const names = { from: from.name ?? t('no-name'), to: to.name ?? t('no-name') };
  const wish = { identityId, fromPersonId: from.id, toPersonId: to.id, reason: 'Moved to another person' };
  usePreview(operation, 'persons.move-identity', chosen ? wish : undefined);

  return (
    <FollowFocus stage={chosen ? 'chosen' : 'choosing'}>
      {chosen ? (
        <section aria-labelledby="outcome-title" className="max-w-3xl rounded border bg-surface p-4">
          <h2 id="outcome-title" className="mb-3">
            {t('move-title', { ...names, handle: identity?.handle ?? '' })}
          </h2>
          <OperationPanel
            operation={operation}
            runLabel={t('move')}
            afterwards={
              <Link prefetch={false} href={`/persons/${to.id}`} className={buttonClass({})}>
                {t('see-person')}
              </Link>
            }
          />
        </section>
      ) : (
        <div className="grid max-w-4xl gap-4 md:grid-cols-2">
          <section aria-labelledby="move-title" className="flex flex-col gap-3 rounded border bg-surface p-4">
            <MoveRight aria-hidden className="size-5 text-accent-text" />
            <h2 id="move-title">{t('only-this')}</h2>
            <p className="grow text-muted">
              {t('only-this-help', { ...names, handle: identity ? `${identity.channel} ${identity.handle}` : '' })}
            </p>
            <button type="button" onClick={() => choose(true)} className={buttonClass({ variant: 'primary' })}>
              {t('only-this')}
            </button>
          </section>
          <section aria-labelledby="join-title" className="flex flex-col gap-3 rounded border bg-surface p-4">
            <UsersRound aria-hidden className="size-5 text-accent-text" />
            <h2 id="join-title">{t('join-both')}</h2>
            <p className="grow text-muted">{t('join-both-help', names)}</p>
            <Link prefetch={false} href={`/persons/merge?stays=${to.id}&goes=${from.id}`} className={buttonClass({})}>
              {t('join-both')}
            </Link>
          </section>
        </div>
      )}
    </FollowFocus>
  );
}
