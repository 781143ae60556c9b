'use client';

import { Eye, EyeOff } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl/react';
import { Button } from '#components/ui/button.tsx';
import { Field, inputClass } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import type { ActionResult } from '#lib/actions/action-result.ts';

type Values = { serverId: string; key: string; yourName: string };
type Failure = Extract<ActionResult, { ok: false }>;
type Props = {
  servers: { id: string; name: string }[];
  next: string;
  signIn: (input: Values & { next: string }) => Promise<ActionResult>;
};

/** The key leaves this form once, in a POST; the form is off until the page is alive, so that it can never be a GET. */
export function SignInForm({ servers, next, signIn }: Props) {
  const t = useTranslations('login');
  const tProblem = useTranslations('problems');
  const [alive, setAlive] = useState(false);
  const [shown, setShown] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const alert = useRef<HTMLDivElement>(null);
  const { register, handleSubmit, formState, setFocus } = useForm<Values>({
    defaultValues: { serverId: servers[0]?.id ?? '', key: '', yourName: '' },
  });
  useEffect(() => setAlive(true), []);
  useEffect(() => alert.current?.focus(), [failure]);

  const submit = handleSubmit(async (values) => {
    setFailure(undefined);
    if (!values.key.trim()) return setFocus('key');
    const result = await signIn({ ...values, next });
    if (result && !result.ok) setFailure(result);
  });
  const problem = failure && tProblem.has(`${failure.code}.title` as never) ? failure.code : 'unexpected';

  return (
    <form method="post" onSubmit={submit} noValidate className="space-y-4">
      {failure ? (
        <div ref={alert} tabIndex={-1} className="rounded">
          <Notice tone="danger" role="alert" title={tProblem(`${problem}.title` as never, failure.values as never)}>
            {tProblem(`${problem}.help` as never, failure.values as never)}
          </Notice>
        </div>
      ) : null}
      <Field id="server" label={t('server')}>
        <select id="server" className={inputClass} {...register('serverId')}>
          {servers.map((server) => (
            <option key={server.id} value={server.id}>
              {server.name}
            </option>
          ))}
        </select>
      </Field>
      <Field id="key" label={t('api-key')} hint={t('api-key-hint')}>
        <div className="relative">
          <input
            id="key"
            type={shown ? 'text' : 'password'}
            autoComplete="current-password"
            autoCapitalize="none"
            spellCheck={false}
            required
            aria-describedby="key-hint"
            className={`${inputClass} pr-11 font-mono`}
            {...register('key')}
          />
          <button
            type="button"
            aria-pressed={shown}
            aria-label={shown ? t('hide') : t('show')}
            onClick={() => setShown(!shown)}
            className="absolute inset-y-0 right-0 grid w-10 place-items-center rounded text-muted hover:text-text"
          >
            {shown ? <EyeOff aria-hidden className="size-4" /> : <Eye aria-hidden className="size-4" />}
          </button>
        </div>
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
