'use client';

import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { Button } from '#components/ui/button.tsx';
import { Form, SubmitButton } from '#components/form/form.tsx';
import { optionsOf, SelectField } from '#components/form/fields/select-field.tsx';
import { TextField } from '#components/form/fields/text-field.tsx';
import { useFormOf } from '#components/form/use-form-of.ts';
import { Notice } from '#components/ui/state/notice.tsx';
import { callAction } from '#components/shell/calls/call-action.ts';
import type { ActionFailure } from '#lib/actions/action-result.ts';
import type { ServerAction } from '#lib/actions/server-action.ts';
import { ProblemNotice } from '#components/ui/state/problem-notice.tsx';

type Props = {
  /** Where the code is written. */
  output: 'terminal' | 'file';
  servers: { id: string; name: string }[];
  createCode: ServerAction<{ serverId: string }>;
  recover: ServerAction<{ serverId: string; code: string }>;
};

/** Signs in with a code that was written on the console's machine, which proves access to that machine. */
export function RecoverCode({ output, servers, createCode, recover }: Props) {
  const t = useTranslations('recover');
  const tLogin = useTranslations('login');
  const [created, setCreated] = useState(false);
  const [failure, setFailure] = useState<ActionFailure>();
  const form = useFormOf({ start: { serverId: servers[0]?.id ?? '', code: '' } });
  const { serverId, code } = form.values;
  const { setFocus, setValue } = form;
  useEffect(() => {
    if (created) setFocus('code');
  }, [created, setFocus]);
  if (servers.length === 0) return <Notice tone="info">{t('code-elsewhere')}</Notice>;
  async function create() {
    setFailure(undefined);
    const result = await callAction(createCode, { serverId });
    if (!result.ok) return setFailure(result);
    setValue('code', '');
    setCreated(true);
  }
  return (
    <Form
      form={form}
      submit={async (values) => {
        if (!created) return create();
        setFailure(undefined);
        if (!values.code) return setFocus('code');
        const result = await callAction(recover, values);
        if (!result.ok) setFailure(result);
      }}
    >
      <p>{t(`code-lead-${output}`)}</p>
      {failure ? <ProblemNotice failure={failure} /> : null}
      <SelectField name="serverId" label={tLogin('server')} options={optionsOf(servers)} disabled={created} />
      {created ? (
        <TextField
          name="code"
          label={t('code')}
          hint={t('code-hint')}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={12}
          className="font-mono tracking-widest"
        />
      ) : null}
      <div className="flex flex-wrap gap-2">
        <SubmitButton
          variant={created ? 'primary' : 'secondary'}
          disabled={created && !code}
          busyLabel={created ? t('checking') : t('print-code')}
        >
          {created ? t('sign-in') : t('print-code')}
        </SubmitButton>
        {created ? (
          <Button variant="ghost" disabled={form.formState.isSubmitting} onClick={() => void create()}>
            {t('another-code')}
          </Button>
        ) : null}
      </div>
    </Form>
  );
}
