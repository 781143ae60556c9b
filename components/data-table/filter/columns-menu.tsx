'use client';

import { Columns3 } from 'lucide-react';
import { useTranslations } from 'use-intl/react';
import { buttonClass } from '#components/ui/button.tsx';
import { Popout } from '#components/ui/overlay/popout.tsx';

type Props<Id extends string> = {
  columns: readonly { id: Id; label: string }[];
  hidden: readonly Id[];
  toggle: (id: Id) => void;
};

/** The menu that shows and hides columns. A card has no columns. */
export function ColumnsMenu<Id extends string>({ columns, hidden, toggle }: Props<Id>) {
  const t = useTranslations('list-tools');
  return (
    <Popout
      name={t('columns')}
      className={buttonClass({ variant: 'ghost', size: 'sm' }, 'cards:hidden')}
      label={
        <>
          <Columns3 aria-hidden className="size-4" />
          <span>{t('columns')}</span>
        </>
      }
    >
      {columns.map(({ id, label }) => (
        <label key={id} className="flex min-h-8 cursor-pointer items-center gap-2 rounded px-1 hover:bg-hover">
          <input
            type="checkbox"
            checked={!hidden.includes(id)}
            onChange={() => toggle(id)}
            className="size-4 shrink-0 accent-(--accent)"
          />
          {label}
        </label>
      ))}
    </Popout>
  );
}
