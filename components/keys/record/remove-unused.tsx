'use client';

import { Scissors } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { readPageAgain } from '#components/shell/calls/page-reading.ts';
import { ChangeForm } from '#components/operations/change/change-form.tsx';
import { useChange } from '#components/operations/change/use-change.ts';
import { buttonClass } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/overlay/dialog.tsx';
import { DialogLink, useDialogAddress } from '#components/ui/overlay/dialog-address.tsx';
import type { Locked } from '#components/ui/state/locked.ts';

type Props = {
  id: string;
  /** How many permissions no request needed, and what the key keeps without them. */
  count: number;
  kept: string[];
  /** Why the key can't be edited. */
  locked?: Locked | undefined;
};

/** Removes the permissions that no request of a key needed: a dialog with its review, under an address of its own. */
export function RemoveUnused({ id, count, kept, locked }: Props) {
  const t = useTranslations('key-record');
  const dialog = useDialogAddress(['unused']);
  const changed = useRef(false);
  const ended = () => {
    changed.current = true;
    readPageAgain();
  };
  const close = () => {
    dialog.close(changed.current);
    changed.current = false;
  };
  return (
    <>
      {count > 0 ? (
        <DialogLink name="unused" value="remove" locked={locked} className={buttonClass({ size: 'sm' })}>
          <Scissors aria-hidden className="size-3.5" />
          {t('remove-unused', { count })}
        </DialogLink>
      ) : null}
      {dialog.open && locked === undefined ? (
        <RemoveUnusedDialog id={id} count={count} kept={kept} ended={ended} close={close} />
      ) : null}
    </>
  );
}

type DialogProps = Pick<Props, 'id' | 'count' | 'kept'> & { ended: () => void; close: () => void };

function RemoveUnusedDialog({ id, count: now, kept: keptNow, ended, close }: DialogProps) {
  const t = useTranslations('key-record');
  // What the dialog was opened with: afterwards nothing is unused any more.
  const [{ count, kept }] = useState({ count: now, kept: keptNow });
  const change = useChange({
    name: 'keys.edit',
    start: {},
    input: () => ({ id, changes: { scopes: kept }, unused: true }),
    onEnd: ended,
  });
  const title = t('remove-unused', { count });
  return (
    <Dialog open wide title={title} onCancel={close}>
      <div className="mt-3">
        <ChangeForm addressed inside change={change} runLabel={title} />
      </div>
    </Dialog>
  );
}
