'use client';

import { useEffect, type ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import type { ActionFailure } from '#lib/actions/action-result.ts';
import { Form, SubmitButton } from './form.tsx';
import { KeyField } from '#components/form/fields/key-field.tsx';
import { useFormOf } from './use-form-of.ts';

type Props = {
  /** "Ana @ Production". */
  whose: string;
  label: string;
  busyLabel: string;
  /** Sends the key (`callAction`, which never rejects); answers null on success. */
  send: (key: string) => Promise<ActionFailure | null>;
  /** Further buttons. */
  actions?: ReactNode;
};

/** Asks for the session's key inside a dialog. The key is sent in one POST and not kept. */
export function KeyForm({ whose, label, busyLabel, send, actions }: Props) {
  const t = useTranslations('proof');
  const form = useFormOf({ start: { key: '' } });
  const { setFocus } = form;
  // The dialog was opened before this was loaded.
  useEffect(() => setFocus('key'), [setFocus]);
  return (
    <Form
      form={form}
      className="mt-4 space-y-4"
      submit={async ({ key }) => {
        if (!key.trim()) return { ok: false, code: 'invalid', fields: { key: 'key' } };
        const problem = await send(key);
        if (problem) setFocus('key', { shouldSelect: true });
        return problem;
      }}
    >
      <KeyField name="key" label={t('key')} hint={`${t('who')} ${whose}`} whose={whose} first />
      <div className="flex flex-wrap gap-2">
        <SubmitButton busyLabel={busyLabel}>{label}</SubmitButton>
        {actions}
      </div>
    </Form>
  );
}
