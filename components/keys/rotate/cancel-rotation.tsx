'use client';

import { CircleX, Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { ChangeForm } from '#components/operations/change/change-form.tsx';
import { useChange } from '#components/operations/change/use-change.ts';
import { Button, buttonClass } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/overlay/dialog.tsx';
import { DialogLink, useDialogAddress } from '#components/ui/overlay/dialog-address.tsx';
import { Menu, menuItemClass } from '#components/ui/overlay/menu.tsx';
import type { Locked } from '#components/ui/locked/locked.ts';
import type { RotationProgress } from '#lib/keys/rotate/rotation-progress.ts';

const ADDRESS = { name: 'cancel', value: 'rotation' } as const;

/** *More* of a rotation that can be cancelled. */
export function RotationMenu({ locked }: { locked: Locked | undefined }) {
  const [t, tUi] = [useTranslations('rotation'), useTranslations('ui')];
  return (
    <Menu
      name={tUi('more')}
      className={buttonClass({})}
      panelClassName="inset-auto mt-1 [position-area:bottom_span-left]"
      label={
        <>
          <span className="max-sm:sr-only">{tUi('more')}</span>
          <Ellipsis aria-hidden className="size-4" />
        </>
      }
    >
      <DialogLink
        {...ADDRESS}
        role="menuitem"
        locked={locked}
        className={`${menuItemClass} text-danger [&>svg]:text-danger`}
      >
        <CircleX aria-hidden />
        {t('cancel')}
      </DialogLink>
    </Menu>
  );
}

/** The same for a new key that nobody stored, as a button. */
export function RevokeUnstored({ locked }: { locked: Locked | undefined }) {
  const t = useTranslations('rotation');
  return (
    <DialogLink {...ADDRESS} locked={locked} className={buttonClass({})}>
      {t('not-stored')}
    </DialogLink>
  );
}

type Props = { progress: RotationProgress; over: boolean; changed: () => Promise<void> };

/** The dialog that cancels a rotation, under an address of its own; its receipt stays after the rotation is over. */
export function CancelDialog({ progress: { row }, over, changed }: Props) {
  const { open, close } = useDialogAddress([ADDRESS.name]);
  const [shown, setShown] = useState(false);
  const wanted = open !== null && (shown || !over);
  if (wanted !== shown) setShown(wanted);
  if (!wanted || row.newKeyId === null) return null;
  return <Cancel row={{ ...row, newKeyId: row.newKeyId }} changed={changed} close={close} />;
}

type CancelProps = {
  row: RotationProgress['row'] & { newKeyId: string };
  changed: () => Promise<void>;
  close: () => void;
};

function Cancel({ row, changed, close }: CancelProps) {
  const t = useTranslations('rotation');
  const change = useChange({
    name: 'keys.cancel-rotation',
    start: {},
    input: () => ({
      rotationId: row.id,
      oldKeyId: row.oldKeyId,
      newKeyId: row.newKeyId,
      oldExpiresAt: row.oldExpiresAt === null ? null : new Date(row.oldExpiresAt).toISOString(),
    }),
    onEnd: (entry) => {
      if (entry.status === 'done') void changed();
    },
  });
  return (
    <Dialog open wide title={t('cancel')} onCancel={close}>
      <div className="mt-3">
        <ChangeForm
          addressed
          inside
          change={change}
          runLabel={t('cancel')}
          below={
            change.deciding ? (
              <Button variant="ghost" onClick={close} className="mt-2">
                {t('back')}
              </Button>
            ) : null
          }
        />
      </div>
    </Dialog>
  );
}
