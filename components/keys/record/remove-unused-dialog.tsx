'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { ChangeForm } from '#components/operations/change/change-form.tsx';
import { useChange } from '#components/operations/change/use-change.ts';
import { Dialog } from '#components/ui/overlay/dialog.tsx';

type Props = {
  id: string;
  /** How many permissions no request needed, and what the key keeps without them. */
  count: number;
  kept: string[];
  ended: () => void;
  close: () => void;
};

/** The review of the removal, and its receipt. */
export function RemoveUnusedDialog({ id, count: now, kept: keptNow, ended, close }: Props) {
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
