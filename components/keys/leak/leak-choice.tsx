'use client';

import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { ChoiceCardsOf } from '#components/form/fields/choice-cards.tsx';
import { Card } from '#components/ui/card.tsx';

type Props = {
  revoked: boolean;
  /** The form that revokes it, or why it can't be; after a run its receipt. */
  revoke: ReactNode;
  /** Why its integrations can't get a new key before, or null. */
  cannotReplace: ReactNode;
  /** What begins the replacement: before it is revoked, and after. */
  replaceFirst: ReactNode;
  replaceAfter: ReactNode;
};

/** The first two parts of handling a leak, in the order somebody chose: stop it now and replace it, or replace it and then stop it. */
export function LeakChoice({ revoked, revoke, cannotReplace, replaceFirst, replaceAfter }: Props) {
  const t = useTranslations('key-end');
  const [first, choose] = useState<'stop' | 'replace'>('stop');
  const stops = revoked || first === 'stop';
  return (
    <>
      <Card id="now" title={t(revoked ? 'leak-revoked' : 'leak-first')}>
        <div className="space-y-4">
          {revoked ? null : (
            <ChoiceCardsOf
              label={t('leak-order')}
              value={first}
              choose={choose}
              options={(['stop', 'replace'] as const).map((value) => ({
                value,
                title: t(`leak-orders.${value}.name`),
                help: t(`leak-orders.${value}.for`),
              }))}
            />
          )}
          {/* Its receipt stays, and what was typed into it. */}
          <div hidden={!stops}>{revoke}</div>
          {stops ? null : (
            <div className="space-y-3">
              {cannotReplace}
              <div className="flex flex-wrap gap-2">{replaceFirst}</div>
            </div>
          )}
        </div>
      </Card>
      <Card id="replacement" title={t(stops ? 'replacement' : 'leak-then-revoke')}>
        <p className={stops ? 'mb-3' : ''}>{t(stops ? 'replacement-help' : 'leak-then-revoke-help')}</p>
        {stops ? <div className="flex flex-wrap gap-2">{replaceAfter}</div> : null}
      </Card>
    </>
  );
}
