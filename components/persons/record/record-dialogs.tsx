'use client';

import { useState } from 'react';
import { readPageAgain } from '#components/shell/calls/page-reading.ts';
import { useDialogAddress } from '#components/ui/overlay/dialog-address.tsx';
import { later } from '#components/ui/state/later.tsx';

const UnlinkDialog = later(() =>
  import('#components/persons/identities/unlink-dialog.tsx').then((part) => part.UnlinkDialog),
);
const BlockDialog = later(() => import('#components/persons/block/block-dialog.tsx').then((part) => part.BlockDialog));
const UnblockDialog = later(() =>
  import('#components/persons/block/unblock-dialog.tsx').then((part) => part.UnblockDialog),
);

type Props = {
  personId: string;
  name: string;
  /** Channel and handle of each identity, by its id. */
  identities: Readonly<Record<string, string>>;
  /** The instances that the person has an identity on. */
  instances: readonly { id: string; name: string }[];
  /** The ids of the rules that block the person, by instance; `all` where they hold everywhere. */
  blocking: Readonly<Record<string, readonly string[]>>;
};

/** The dialogs of a record: the one that its address names is open. */
export function RecordDialogs({ personId, name, identities, instances, blocking }: Props) {
  const dialog = useDialogAddress(['unlink', 'block', 'unblock']);
  // What the dialog was opened with: the page is read again once the change has ended, and the receipt stays.
  const [opened, setOpened] = useState<{ key: string; rules: readonly string[] } | null>(null);
  const key = dialog.open && `${dialog.open.name} ${dialog.open.value}`;
  if ((opened?.key ?? null) !== key)
    setOpened(key === null ? null : { key, rules: blocking[dialog.open?.value ?? ''] ?? [] });
  if (!dialog.open || !opened) return null;
  const parts = {
    personId,
    ended: readPageAgain,
    close: dialog.close,
  };
  const { name: which, value } = dialog.open;
  if (which === 'unlink')
    return <UnlinkDialog key={opened.key} {...parts} identityId={value} identity={identities[value] ?? null} />;
  if (which === 'block')
    return <BlockDialog key={opened.key} {...parts} name={name} instances={instances} at={value} />;
  return <UnblockDialog key={opened.key} {...parts} name={name} rules={opened.rules} />;
}
