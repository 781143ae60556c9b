'use client';

import { useTranslations } from 'use-intl/react';
import { PhoneField } from '#components/form/fields/phone-field.tsx';
import { TextField } from '#components/form/fields/text-field.tsx';
import { ChangeForm } from '#components/operations/change/change-form.tsx';
import { useChange } from '#components/operations/change/use-change.ts';
import { ReasonField } from '#components/persons/merge/reason-field.tsx';
import { Dialog } from '#components/ui/overlay/dialog.tsx';

type Props = {
  personId: string;
  identityId: string;
  /** Channel and handle; null where the person has no such identity. */
  identity: string | null;
  ended: () => void;
  close: () => void;
};

/** Unlinks one identity from a person: the new person's name and phone, the reason, the review, and the receipt. */
export function UnlinkDialog({ personId, identityId, identity, ended, close }: Props) {
  const t = useTranslations('unlink');
  const change = useChange({
    name: 'persons.unlink',
    start: { reason: '', name: '', phone: '' },
    draft: `unlink ${identityId}`,
    input: ({ reason, name, phone }) => ({
      personId,
      identityId,
      reason: reason.trim(),
      fill: { displayName: name.trim() || null, primaryPhone: phone.trim() || null },
    }),
    onEnd: ended,
  });
  return (
    <Dialog open wide title={identity === null ? t('title') : t('title-of', { identity })} onCancel={close}>
      <div className="mt-3">
        <ChangeForm addressed inside change={change} runLabel={t('run')}>
          <TextField name="name" label={t('name')} optional maxLength={255} data-focus />
          <PhoneField name="phone" label={t('phone')} optional />
          <ReasonField />
        </ChangeForm>
      </div>
    </Dialog>
  );
}
