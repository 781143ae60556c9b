'use client';

import { useRouter } from 'next/navigation';
import { useRef } from 'react';
import { UnlinkDialog } from '#components/persons/identities/unlink-dialog.tsx';
import { useDialogAddress } from '#components/ui/overlay/dialog-address.tsx';

type Props = {
  personId: string;
  /** Channel and handle of each identity, by its id. */
  identities: Readonly<Record<string, string>>;
};

/** The dialogs of a record: the one that its address names is open. */
export function RecordDialogs({ personId, identities }: Props) {
  const router = useRouter();
  const dialog = useDialogAddress(['unlink']);
  const changed = useRef(false);
  if (!dialog.open) return null;
  const { name, value } = dialog.open;
  const parts = {
    personId,
    ended: () => {
      changed.current = true;
      router.refresh();
    },
    close: () => {
      dialog.close(changed.current);
      changed.current = false;
    },
  };
  if (name === 'unlink')
    return <UnlinkDialog key={value} {...parts} identityId={value} identity={identities[value] ?? null} />;
  return null;
}
