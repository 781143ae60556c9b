'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { readPageAgain } from '#components/shell/calls/page-reading.ts';
import { useProof } from '#components/shell/proof.tsx';
import { Form, SubmitButton } from '#components/form/form.tsx';
import { TextField } from '#components/form/fields/text-field.tsx';
import { useFormOf } from '#components/form/use-form-of.ts';
import { Notice } from '#components/ui/state/notice.tsx';
import type { ServerAction } from '#lib/actions/server-action.ts';

type Forgotten = { forgotten: number; kept: number };
export type ForgetProps = { personId: string; forget: ServerAction<{ personId: string }, Forgotten> };

/** Empties the entries about one person, after the first characters of the id were typed. It can't be undone. */
export function ForgetForm({ personId, forget }: ForgetProps) {
  const t = useTranslations('forget');
  const proven = useProof();
  const [forgotten, setForgotten] = useState<Forgotten>();
  const form = useFormOf({ start: { typed: '' } });
  const wanted = personId.slice(0, 4);
  return (
    <Form
      form={form}
      className="space-y-3 border-t p-4"
      submit={async ({ typed }) => {
        if (typed.trim().toLowerCase() !== wanted) return;
        const answer = await proven(forget, { personId });
        if (!answer.ok) return answer.code === 'proof_needed' ? null : answer;
        setForgotten(answer.data);
        readPageAgain();
      }}
    >
      <p className="text-muted">{t('help')}</p>
      <TextField name="typed" label={t('type', { text: wanted })} autoComplete="off" className="font-mono" />
      <SubmitButton variant="danger" disabled={form.values.typed.trim().toLowerCase() !== wanted}>
        {t('title')}
      </SubmitButton>
      {forgotten ? (
        <Notice tone="good" role="status">
          {t('done', forgotten)}
        </Notice>
      ) : null}
    </Form>
  );
}
