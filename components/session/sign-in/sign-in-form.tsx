'use client';

import { useEffect, useRef, useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { useTranslations } from 'use-intl/react';
import { sameKind, useDraftOf } from '#components/shell/drafts/draft.tsx';
import { Button } from '#components/ui/button.tsx';
import { Field, inputClass } from '#components/form/field.tsx';
import { KeyInput } from '#components/form/key-input.tsx';
import { ProblemNotice } from '#components/ui/state/problem-notice.tsx';
import { callAction } from '#components/shell/calls/call-action.ts';
import type { ActionFailure } from '#lib/actions/action-result.ts';
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

/** The sign-in form. It is disabled until the page is hydrated, so that the key is sent in one POST and never in a GET. */
export function SignInForm({ servers, wanted, anyServer, next, signIn }: Props) {
  const t = useTranslations('login');
  const offered = [...servers.map(({ id }) => id), ...(anyServer ? [TYPED] : [])];
  const first = offered.find((id) => id === wanted) ?? offered[0] ?? '';
  const [alive, setAlive] = useState(false);
  const [failure, setFailure] = useState<ActionFailure>();
  const alert = useRef<HTMLDivElement>(null);
  const { register, handleSubmit, formState, setFocus, setValue, control } = useForm<Values>({
    defaultValues: { serverId: first, address: '', key: '', yourName: '' },
  });
  const [serverId, address, yourName] = useWatch({ control, name: ['serverId', 'address', 'yourName'] });
  const serverName = servers.find(({ id }) => id === serverId)?.name ?? address;
  // The key is no part of it: what is typed there is never kept.
  const draft = { serverId, address, yourName };
  const drop = useDraftOf<typeof draft>(
    `sign-in ${wanted ?? ''}`,
    {
      values: draft,
      changed: serverId !== first || address !== '' || yourName !== '',
      restore: (kept) => {
        if (kept.serverId && offered.includes(kept.serverId)) setValue('serverId', kept.serverId);
        if (kept.address) setValue('address', kept.address);
        if (kept.yourName) setValue('yourName', kept.yourName);
      },
    },
    sameKind(draft),
  );
  useEffect(() => setAlive(true), []);
  useEffect(() => alert.current?.focus(), [failure]);

  const submit = handleSubmit(async (values) => {
    setFailure(undefined);
    if (values.serverId === TYPED && !values.address.trim()) return setFocus('address');
    if (!values.key.trim()) return setFocus('key');
    const result = await callAction(signIn, { ...values, next });
    if (result.ok) drop();
    else setFailure(result);
  });

  return (
    <form method="post" onSubmit={submit} noValidate className="space-y-4">
      {failure ? (
        <div ref={alert} tabIndex={-1} className="rounded">
          <ProblemNotice failure={failure} />
        </div>
      ) : null}
      <Field id="server" label={t('server')}>
        <select id="server" className={inputClass} {...register('serverId')}>
          {servers.map((server) => (
            <option key={server.id} value={server.id}>
              {server.name}
            </option>
          ))}
          {anyServer ? <option value={TYPED}>{t('other-server')}</option> : null}
        </select>
      </Field>
      {serverId === TYPED ? (
        <Field id="address" label={t('address')} hint={t('address-hint')}>
          <input
            id="address"
            type="url"
            inputMode="url"
            autoComplete="url"
            autoCapitalize="none"
            spellCheck={false}
            aria-describedby="address-hint"
            className={inputClass}
            {...register('address')}
          />
        </Field>
      ) : null}
      <Field id="key" label={t('api-key')} hint={t('api-key-hint')}>
        <KeyInput
          id="key"
          whose={`${yourName.trim() || t('api-key')} @ ${serverName}`}
          showLabel={t('show')}
          hideLabel={t('hide')}
          aria-describedby="key-hint"
          {...register('key')}
        />
      </Field>
      <Field id="name" label={t('your-name')} aside={t('optional')} hint={t('your-name-hint')}>
        <input
          id="name"
          autoComplete="name"
          maxLength={80}
          aria-describedby="name-hint"
          className={inputClass}
          {...register('yourName')}
        />
      </Field>
      <Button type="submit" variant="primary" disabled={!alive || formState.isSubmitting} className="h-10 w-full">
        {formState.isSubmitting ? t('submitting') : t('submit')}
      </Button>
    </form>
  );
}
