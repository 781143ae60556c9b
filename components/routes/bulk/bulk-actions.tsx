'use client';

import { Power, PowerOff, Trash2 } from 'lucide-react';
import { useState, type ComponentType, type ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { GuardedButton } from '#components/ui/guarded-button.tsx';
import { useToast } from '#components/ui/overlay/toasts.tsx';
import type { RouteRow } from '#lib/routes/list/route-row.ts';
import type { BulkChange } from '#lib/routes/verdict/successor.ts';
import type { BulkDialogProps } from './bulk-dialog.tsx';

const CHANGES = [
  { change: 'on', icon: Power },
  { change: 'off', icon: PowerOff },
  { change: 'delete', icon: Trash2 },
] as const;

type Begun = { change: BulkChange; rows: readonly RouteRow[]; clear: () => void };

type Props = {
  picked: readonly RouteRow[];
  clear: () => void;
  locked: string | undefined;
  begin: (begun: Begun) => void;
};

/** The changes that can be made to the selected routes. */
export function BulkActions({ picked, clear, locked, begin }: Props) {
  const t = useTranslations('routes-list');
  return CHANGES.map(({ change, icon: Icon }) => (
    <GuardedButton key={change} size="sm" reason={locked} onClick={() => begin({ change, rows: picked, clear })}>
      <Icon aria-hidden className={`size-4 ${change === 'delete' ? 'text-danger' : ''}`} />
      {t(`bulk.${change}`)}
    </GuardedButton>
  ));
}

/** The dialog of a change to several routes, which stays when nothing is selected any more. It is loaded on first use. */
export function useBulkDialog(): { begin: (begun: Begun) => void; dialog: ReactNode } {
  const t = useTranslations('routes-list');
  const toast = useToast();
  const [begun, setBegun] = useState<Begun | null>(null);
  const [BulkDialog, setBulkDialog] = useState<ComponentType<BulkDialogProps> | null>(null);
  function begin(next: Begun) {
    setBegun(next);
    if (BulkDialog) return;
    import('./bulk-dialog.tsx').then(
      (part) => setBulkDialog(() => part.BulkDialog),
      () => {
        setBegun(null);
        toast({ text: t('not-loaded'), persistent: true });
      },
    );
  }
  return {
    begin,
    dialog:
      begun && BulkDialog ? (
        <BulkDialog change={begun.change} rows={begun.rows} close={() => setBegun(null)} done={begun.clear} />
      ) : null,
  };
}
