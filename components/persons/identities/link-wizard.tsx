'use client';

import { ArrowRight, Link2, Merge } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { FollowFocus } from '#components/operations/run/follow-focus.tsx';
import { OperationPanel } from '#components/operations/run/operation-panel.tsx';
import { useOperation } from '#components/operations/run/use-operation.ts';
import { usePreview } from '#components/operations/plan/use-preview.ts';
import { PersonChip } from '#components/persons/directory/person-chip.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import type { ComparedRecord } from '#lib/persons/record/compared-record.ts';
import { calledAmong, tellingFact } from '#lib/persons/record/called.ts';
import { shortName } from '#lib/persons/record/short-name.ts';

type Props = { from: ComparedRecord; to: ComparedRecord; identityId: string };

/** Only this identity is linked to the other person, or both people are merged: Omni's own link always merges (contract §3.2). */
export function LinkWizard({ from, to, identityId }: Props) {
  const t = useTranslations('link');
  const [chosen, choose] = useState(false);
  const operation = useOperation();
  const identity = from.identities.find(({ id }) => id === identityId);
  const names = {
    from: calledAmong(from, [from, to], t('no-name')),
    to: calledAmong(to, [from, to], t('no-name')),
  };
  const input = { identityId, fromPersonId: from.id, toPersonId: to.id };
  usePreview(operation, 'persons.link', chosen ? input : undefined);

  return (
    <FollowFocus stage={chosen ? 'chosen' : 'choosing'}>
      <div className="mb-4 flex max-w-4xl flex-wrap items-center gap-x-4 gap-y-2 rounded border bg-surface p-4">
        <PersonChip name={from.name} noName={t('no-name')} fact={tellingFact(from, [from, to])} />
        <ArrowRight aria-hidden className="size-4 shrink-0 text-muted" />
        <PersonChip name={to.name} noName={t('no-name')} fact={tellingFact(to, [from, to])} />
      </div>
      {chosen ? (
        <section aria-labelledby="outcome-title" className="max-w-3xl rounded border bg-surface p-4">
          <h2 id="outcome-title" className="mb-3">
            {t('link-title', { ...names, handle: identity?.handle ?? '' })}
          </h2>
          <OperationPanel
            addressed
            operation={operation}
            runLabel={t('link-to', { name: shortName(to.name ?? t('no-name')) })}
            afterwards={
              <Link prefetch={false} href={`/persons/${to.id}`} className={buttonClass({})}>
                {t('see-person')}
              </Link>
            }
          />
        </section>
      ) : (
        <div className="grid max-w-4xl gap-4 md:grid-cols-2">
          <section aria-labelledby="link-title" className="flex flex-col gap-3 rounded border bg-surface p-4">
            <Link2 aria-hidden className="size-5 text-accent-text" />
            <h2 id="link-title">{t('only-this')}</h2>
            <p className="grow text-muted">
              {t('only-this-help', { ...names, handle: identity ? `${identity.channel} ${identity.handle}` : '' })}
            </p>
            <button type="button" onClick={() => choose(true)} className={buttonClass({ variant: 'primary' })}>
              {t('only-this')}
            </button>
          </section>
          <section aria-labelledby="merge-title" className="flex flex-col gap-3 rounded border bg-surface p-4">
            <Merge aria-hidden className="size-5 text-accent-text" />
            <h2 id="merge-title">{t('everything')}</h2>
            <p className="grow text-muted">{t('everything-help', names)}</p>
            <Link prefetch={false} href={`/persons/merge?into=${to.id}&from=${from.id}`} className={buttonClass({})}>
              {t('everything')}
            </Link>
          </section>
        </div>
      )}
    </FollowFocus>
  );
}
