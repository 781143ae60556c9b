'use client';

import { useTranslations } from 'use-intl/react';
import { ChangeForm } from '#components/operations/change/change-form.tsx';
import { useChange } from '#components/operations/change/use-change.ts';
import { Dialog } from '#components/ui/overlay/dialog.tsx';
import { shortName } from '#lib/text/short-name.ts';

type Props = {
  personId: string;
  name: string;
  /** The rules that block the person at the place. */
  rules: readonly string[];
  ended: () => void;
  close: () => void;
};

/** Unblocks a person at a place: the rules that name them there are turned off, and can be turned on again as they were. */
export function UnblockDialog({ personId, name, rules, ended, close }: Props) {
  const t = useTranslations('block');
  const title = t('unblock-title', { name: shortName(name) });
  const change = useChange({
    name: 'persons.unblock',
    start: {},
    input: () => (rules.length > 0 ? { personId, rules: [...rules] } : undefined),
    onEnd: ended,
  });
  return (
    <Dialog open wide title={title} onCancel={close}>
      <div className="mt-3">
        {rules.length > 0 ? (
          <ChangeForm addressed inside change={change} runLabel={title} />
        ) : (
          <p role="alert">{t('no-rules')}</p>
        )}
      </div>
    </Dialog>
  );
}
