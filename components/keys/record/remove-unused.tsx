'use client';

import { Scissors } from 'lucide-react';
import { useTranslations } from 'use-intl/react';
import { readPageAgain } from '#components/shell/calls/page-reading.ts';
import { buttonClass } from '#components/ui/button.tsx';
import { DialogLink, useDialogAddress } from '#components/ui/overlay/dialog-address.tsx';
import { later } from '#components/ui/state/later.tsx';
import type { Locked } from '#components/ui/locked/locked.ts';

const RemoveUnusedDialog = later(() => import('./remove-unused-dialog.tsx').then((part) => part.RemoveUnusedDialog));

type Props = {
  id: string;
  /** How many permissions no request needed, and what the key keeps without them. */
  count: number;
  kept: string[];
  /** Not all of its requests are on record: it is no advice then. */
  quiet: boolean;
  /** Why the key can't be edited. */
  locked?: Locked | undefined;
};

/** Removes the permissions that no request of a key needed: a dialog with its review, under an address of its own. */
export function RemoveUnused({ id, count, kept, quiet, locked }: Props) {
  const t = useTranslations('key-record');
  const dialog = useDialogAddress(['unused']);
  return (
    <>
      {count > 0 ? (
        <DialogLink
          name="unused"
          value="remove"
          locked={locked}
          className={buttonClass(
            { size: 'sm', variant: quiet ? 'ghost' : 'secondary' },
            quiet ? '-ml-2 text-muted' : '',
          )}
        >
          <Scissors aria-hidden className="size-3.5" />
          {t('remove-unused', { count })}
        </DialogLink>
      ) : null}
      {dialog.open && locked === undefined ? (
        <RemoveUnusedDialog id={id} count={count} kept={kept} ended={readPageAgain} close={dialog.close} />
      ) : null}
    </>
  );
}
