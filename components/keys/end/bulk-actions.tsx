'use client';

import { Ban, Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { GuardedButton } from '#components/ui/guarded-button.tsx';
import { later } from '#components/ui/state/later.tsx';
import { lockedText } from '#components/ui/locked/locked.ts';
import type { KeyRow } from '#components/keys/list/key-row.ts';
import { MOST_ENDED } from '#lib/keys/end/bulk-limits.ts';
import type { BulkEndDialogProps, BulkEnd } from './bulk-dialog.tsx';

const Dialog = later(() => import('./bulk-dialog.tsx').then((part) => part.BulkEndDialog));

type Begun = Omit<BulkEndDialogProps, 'close' | 'done'> & { clear: () => void };

type Props = {
  picked: readonly KeyRow[];
  clear: () => void;
  begin: (begun: Begun) => void;
};

const BUTTONS = [
  { change: 'revoke', icon: Ban },
  { change: 'delete', icon: Trash2 },
] as const;

/** Why a key stays where the selected ones are revoked or deleted; undefined where it goes. */
function whyLeft({ barred }: KeyRow, change: BulkEnd): string | undefined {
  const locked = barred[change === 'revoke' ? 'revoke' : 'clear'];
  return locked && lockedText(locked);
}

/** What can be done with the selected keys: those that can't be revoked or deleted stay, and the dialog names them. */
export function KeyBulkActions({ picked, clear, begin }: Props) {
  const t = useTranslations('key-bulk');
  return BUTTONS.map(({ change, icon: Icon }) => {
    const rows = picked.filter((row) => whyLeft(row, change) === undefined);
    const left = picked.flatMap((row) => whyLeft(row, change) ?? []);
    const reason =
      rows.length > MOST_ENDED ? t('too-many', { most: MOST_ENDED }) : rows.length > 0 ? undefined : left[0];
    return (
      <GuardedButton key={change} size="sm" reason={reason} onClick={() => begin({ change, rows, left, clear })}>
        <Icon aria-hidden className="size-4 text-danger" />
        {t(`${change}-button`)}
      </GuardedButton>
    );
  });
}

/** The dialog of revoking or deleting several keys, which stays when nothing is selected any more. It is loaded on first use. */
export function useBulkEnd(): { begin: (begun: Begun) => void; dialog: ReactNode } {
  const [begun, begin] = useState<Begun | null>(null);
  return {
    begin,
    dialog: begun ? (
      <Dialog change={begun.change} rows={begun.rows} left={begun.left} close={() => begin(null)} done={begun.clear} />
    ) : null,
  };
}
