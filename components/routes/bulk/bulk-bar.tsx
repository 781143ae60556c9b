'use client';

import { Power, PowerOff, Trash2 } from 'lucide-react';
import { useState, type ComponentType } from 'react';
import { useTranslations } from 'use-intl/react';
import { Button } from '#components/ui/button.tsx';
import { GuardedButton } from '#components/ui/guarded-button.tsx';
import { useToast } from '#components/ui/overlay/toasts.tsx';
import type { RouteRow } from '#lib/routes/list/route-row.ts';
import type { BulkChange } from '#lib/routes/verdict/successor.ts';
import type { BulkDialogProps } from './bulk-dialog.tsx';

type Props = {
  picked: readonly RouteRow[];
  total: number;
  chooseAll: () => void;
  clear: () => void;
  locked: string | undefined;
};

const CHANGES = [
  { change: 'on', icon: Power },
  { change: 'off', icon: PowerOff },
  { change: 'delete', icon: Trash2 },
] as const;

/** The changes that can be made to the chosen routes; it stays in sight while a route is chosen. Its dialog is loaded on first use. */
export function BulkBar({ picked, total, chooseAll, clear, locked }: Props) {
  const t = useTranslations('routes-list');
  const toast = useToast();
  const [open, setOpen] = useState<{ change: BulkChange; rows: readonly RouteRow[] } | null>(null);
  const [BulkDialog, setBulkDialog] = useState<ComponentType<BulkDialogProps> | null>(null);

  function choose(change: BulkChange) {
    setOpen({ change, rows: picked });
    if (BulkDialog) return;
    import('./bulk-dialog.tsx').then(
      (part) => setBulkDialog(() => part.BulkDialog),
      () => {
        setOpen(null);
        toast({ text: t('not-loaded'), persistent: true });
      },
    );
  }

  return (
    <>
      {picked.length > 0 ? (
        <div
          role="region"
          aria-label={t('chosen')}
          data-sticks="bottom"
          className="bottom-14 z-10 flex flex-wrap items-center gap-2 border-t bg-surface px-4 py-2 md:bottom-0 tall:sticky"
        >
          <span role="status" className="grow text-sm">
            {t('chosen-count', { count: picked.length })}
          </span>
          {picked.length < total ? (
            <Button size="sm" variant="ghost" onClick={chooseAll}>
              {t('choose-all', { count: total })}
            </Button>
          ) : null}
          <Button size="sm" variant="ghost" onClick={clear}>
            {t('choose-none')}
          </Button>
          {CHANGES.map(({ change, icon: Icon }) => (
            <GuardedButton key={change} size="sm" reason={locked} onClick={() => choose(change)}>
              <Icon aria-hidden className={`size-4 ${change === 'delete' ? 'text-danger' : ''}`} />
              {t(`bulk.${change}`)}
            </GuardedButton>
          ))}
        </div>
      ) : null}
      {open && BulkDialog ? <BulkDialog {...open} close={() => setOpen(null)} done={clear} /> : null}
    </>
  );
}
