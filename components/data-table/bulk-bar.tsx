'use client';

import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { Button } from '#components/ui/button.tsx';

type Props = {
  picked: number;
  /** Those of them on other pages. */
  elsewhere: number;
  shown: number;
  selectAll: () => void;
  clear: () => void;
  children: ReactNode;
};

/** What can be done with the selected rows, in sight while a row is selected; it says which they are. */
export function BulkBar({ picked, elsewhere, shown, selectAll, clear, children }: Props) {
  const t = useTranslations('list-tools');
  const here = picked - elsewhere;
  return (
    <div
      role="region"
      aria-label={t('selection')}
      data-sticks="bottom"
      className="bottom-16 z-10 mx-auto my-2 flex w-fit max-w-[calc(100%-16px)] flex-wrap items-center gap-2 rounded-lg border bg-surface px-3 py-1.5 shadow-lg md:bottom-3 tall:sticky"
    >
      <span role="status" className="text-sm">
        {t('selected', { count: here, total: shown })}
        {elsewhere > 0 ? <span className="text-muted"> · {t('elsewhere', { count: elsewhere })}</span> : null}
      </span>
      {here < shown ? (
        <Button size="sm" variant="ghost" onClick={selectAll} className="rows:hidden">
          {t('select-all', { count: shown })}
        </Button>
      ) : null}
      {children}
      <Button size="sm" variant="ghost" onClick={clear}>
        <X aria-hidden className="size-4" />
        {t('clear-selection')}
      </Button>
    </div>
  );
}
