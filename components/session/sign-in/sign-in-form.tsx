'use client';

import { useEffect } from 'react';
import { useTranslations } from 'use-intl/react';
import { Form, SubmitButton } from '#components/form/form.tsx';
import { KeyField } from '#components/form/fields/key-field.tsx';
import { SelectField } from '#components/form/fields/select-field.tsx';
import { TextField } from '#components/form/fields/text-field.tsx';
import { useFormOf } from '#components/form/use-form-of.ts';
import { callAction } from '#components/shell/calls/call-action.ts';
import type { ServerAction } from '#lib/actions/server-action.ts';

type Values = { serverId: string; address: string; key: string; yourName: string };

/** As `TYPED` of `lib/session/servers/servers.ts`. */
const TYPED = 'typed';
type Props = {
  servers: { id: string; name: string }[];
  /** The server that is selected first. */
  wanted: string | undefined;
  /** The address of another server may be typed. */
  anyServer: boolean;
  next: string;
  signIn: ServerAction<Values & { next: string }>;
};

/** The sign-in form. The key is sent in one POST, never in a GET, and is in no draft. */
export function SignInForm({ servers, wanted, anyServer, next, signIn }: Props) {
  const t = useTranslations('login');
  const options = [
    ...servers.map(({ id, name }) => ({ value: id, text: name })),
    ...(anyServer ? [{ value: TYPED, text: t('other-server') }] : []),
  ];
  const first = options.find(({ value }) => value === wanted) ?? options[0];
  const form = useFormOf<Values>({
    start: { serverId: first?.value ?? '', address: '', key: '', yourName: '' },
    schema: () => import('#lib/session/sign-in/sign-in-input.ts').then(({ signInInput }) => signInInput),
    draft: `sign-in ${wanted ?? ''}`,
    restorable: ({ serverId, ...kept }) =>
      options.some(({ value }) => value === serverId) ? { serverId, ...kept } : kept,
  });
  const { serverId, address, yourName } = form.values;
  const { setFocus } = form;
  // Unless somebody is at another field already.
  useEffect(() => {
    if (document.activeElement === document.body) setFocus('key');
  }, [setFocus]);
  const serverName = servers.find(({ id }) => id === serverId)?.name ?? address;
  return (
    <Form
      form={form}
      submit={async (values) => {
        const result = await callAction(signIn, { ...values, next });
        if (!result.ok) return result;
        form.settle();
      }}
    >
      <SelectField name="serverId" label={t('server')} options={options} />
      {serverId === TYPED ? (
        <TextField
          name="address"
          label={t('address')}
          hint={t('address-hint')}
          type="url"
          inputMode="url"
          autoComplete="url"
          autoCapitalize="none"
          spellCheck={false}
        />
      ) : null}
      <KeyField
        name="key"
        label={t('api-key')}
        hint={t('api-key-hint')}
        whose={`${yourName.trim() || t('api-key')} @ ${serverName}`}
      />
      <TextField
        name="yourName"
        label={t('your-name')}
        hint={t('your-name-hint')}
        optional
        autoComplete="name"
        maxLength={80}
      />
      <SubmitButton busyLabel={t('submitting')} className="w-full">
        {t('submit')}
      </SubmitButton>
    </Form>
  );
}
