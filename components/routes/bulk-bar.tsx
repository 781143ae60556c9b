'use client';

import { useTranslations } from 'use-intl/react';
import { Button } from '#components/ui/button.tsx';
import type { RouteRow } from '#lib/routes/row.ts';

type Props = {
  picked: readonly RouteRow[];
  total: number;
  chooseAll: () => void;
  clear: () => void;
};

/** What can be done with the chosen rows; stays in sight while something is chosen. */
export function BulkBar({ picked, total, chooseAll, clear }: Props) {
  const t = useTranslations('routes-list');
  if (picked.length === 0) return null;
  return (
    <div
      role="region"
      aria-label={t('chosen')}
      className="sticky bottom-14 z-10 flex flex-wrap items-center gap-2 border-t bg-surface px-4 py-2 md:bottom-0"
    >
      <span className="grow text-sm">{t('chosen-count', { count: picked.length })}</span>
      {picked.length < total ? (
        <Button size="sm" variant="ghost" onClick={chooseAll}>
          {t('choose-all', { count: total })}
        </Button>
      ) : null}
      <Button size="sm" variant="ghost" onClick={clear}>
        {t('choose-none')}
      </Button>
    </div>
  );
}
