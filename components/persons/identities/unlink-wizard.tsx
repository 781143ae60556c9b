'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { OperationPanel } from '#components/operations/run/operation-panel.tsx';
import { useOperation } from '#components/operations/run/use-operation.ts';
import { usePreview } from '#components/operations/plan/use-preview.ts';
import { sameKind, useDraftOf } from '#components/shell/drafts/draft.tsx';
import { Field, inputClass } from '#components/form/field.tsx';
import { ReasonField } from '#components/persons/merge/reason-field.tsx';
import { WhatHappens } from '#components/persons/merge/what-happens.tsx';

const REST_MS = 400;

type Props = { personId: string; identityId: string };

/** Unlinks one identity from a person: the new person's name and phone, the reason, the review, and the receipt. */
export function UnlinkWizard({ personId, identityId }: Props) {
  const t = useTranslations('unlink');
  const [reason, setReason] = useState('');
  const [name, setName] = useState('');
  const [phone, setPhone] = useState('');
  const operation = useOperation();
  const deciding = !operation.began;

  const draft = { reason, name, phone };
  useDraftOf<typeof draft>(
    `unlink ${identityId}`,
    {
      values: draft,
      changed: deciding && reason + name + phone !== '',
      restore: (kept) => {
        setReason(kept.reason ?? '');
        setName(kept.name ?? '');
        setPhone(kept.phone ?? '');
      },
    },
    sameKind(draft),
  );
  usePreview(
    operation,
    'persons.unlink',
    {
      personId,
      identityId,
      reason: reason.trim(),
      fill: { displayName: name.trim() || null, primaryPhone: phone.trim() || null },
    },
    reason + name + phone ? REST_MS : 0,
  );

  return (
    <div className="grid max-w-3xl gap-4">
      {deciding ? (
        <div className="grid gap-4 rounded border bg-surface p-4 sm:grid-cols-2">
          <Field id="new-name" label={t('name')} aside={t('optional')} hint={t('name-hint')}>
            <input
              id="new-name"
              value={name}
              maxLength={255}
              onChange={(event) => setName(event.target.value)}
              aria-describedby="new-name-hint"
              className={inputClass}
            />
          </Field>
          <Field id="new-phone" label={t('phone')} aside={t('optional')}>
            <input
              id="new-phone"
              type="tel"
              value={phone}
              maxLength={50}
              onChange={(event) => setPhone(event.target.value)}
              className={inputClass}
            />
          </Field>
          <ReasonField value={reason} change={setReason} hint={t('reason-hint')} />
        </div>
      ) : null}
      <WhatHappens deciding={deciding}>
        <OperationPanel addressed operation={operation} runLabel={t('run')} />
      </WhatHappens>
    </div>
  );
}
