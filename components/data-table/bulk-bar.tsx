'use client';

import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { Button } from '#components/ui/button.tsx';

/** How all rows are selected together: the first `count` of `total`. */
export type SelectAll = { count: number; total: number; complete: boolean; select: () => void };

/** Which rows that are, or why not now. */
export function useSelectAllText(): (all: SelectAll) => string {
  const t = useTranslations('list-tools');
  return ({ count, total, complete }) => {
    if (!complete) return t('select-incomplete');
    return count < total ? t('select-first', { count, total }) : t('select-all', { count });
  };
}

type Props = {
  picked: number;
  /** Those of them on other pages. */
  elsewhere: number;
  all: SelectAll;
  clear: () => void;
  children: ReactNode;
};

/** What can be done with the selected rows, in sight while a row is selected; it says which they are. */
export function BulkBar({ picked, elsewhere, all, clear, children }: Props) {
  const t = useTranslations('list-tools');
  const selectAllText = useSelectAllText();
  const here = picked - elsewhere;
  return (
    <div
      role="region"
      aria-label={t('selection')}
      data-sticks="bottom"
      className="bottom-16 z-10 mx-auto my-2 flex w-fit max-w-[calc(100%-16px)] flex-wrap items-center gap-2 rounded-lg border bg-surface px-3 py-1.5 shadow-lg md:bottom-3 tall:sticky"
    >
      <span role="status" className="text-sm">
        {t('selected', { count: here, total: all.total })}
        {elsewhere > 0 ? <span className="text-muted"> · {t('elsewhere', { count: elsewhere })}</span> : null}
      </span>
      {here < all.count && all.complete ? (
        <Button size="sm" variant="ghost" onClick={all.select} className="rows:hidden">
          {selectAllText(all)}
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
