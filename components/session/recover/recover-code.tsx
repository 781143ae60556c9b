'use client';

import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { Button } from '#components/ui/button.tsx';
import { Field, inputClass } from '#components/form/field.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import type { ActionFailure, ActionResult } from '#lib/actions/action-result.ts';
import { ProblemNotice } from '#components/session/sign-in/problem-notice.tsx';

type Props = {
  /** Where the code is written. */
  output: 'terminal' | 'file';
  servers: { id: string; name: string }[];
  createCode: (input: { serverId: string }) => Promise<ActionResult>;
  recover: (input: { serverId: string; code: string }) => Promise<ActionResult>;
};

const UNREACHABLE: ActionFailure = { ok: false, code: 'console_unreachable' };

/** Signs in with a code that was written on the console's machine, which proves access to that machine. */
export function RecoverCode({ output, servers, createCode, recover }: Props) {
  const t = useTranslations('recover');
  const tLogin = useTranslations('login');
  const [serverId, setServerId] = useState(servers[0]?.id ?? '');
  const [created, setCreated] = useState(false);
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [alive, setAlive] = useState(false);
  const [failure, setFailure] = useState<ActionFailure>();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => setAlive(true), []);
  useEffect(() => {
    if (created) input.current?.focus();
  }, [created]);
  async function send(call: Promise<ActionResult>, done: () => void) {
    setBusy(true);
    setFailure(undefined);
    const result = await call.catch(() => UNREACHABLE);
    setBusy(false);
    if (result && !result.ok) setFailure(result);
    else done();
  }
  if (servers.length === 0) return <Notice tone="info">{t('code-elsewhere')}</Notice>;
  return (
    <div className="space-y-4">
      <p>{t(`code-lead-${output}`)}</p>
      {failure ? <ProblemNotice failure={failure} /> : null}
      <Field id="code-server" label={tLogin('server')}>
        <select
          id="code-server"
          value={serverId}
          disabled={created}
          onChange={(event) => setServerId(event.target.value)}
          className={inputClass}
        >
          {servers.map((server) => (
            <option key={server.id} value={server.id}>
              {server.name}
            </option>
          ))}
        </select>
      </Field>
      {created ? (
        <form
          method="post"
          noValidate
          className="space-y-4"
          onSubmit={(event) => {
            event.preventDefault();
            if (code && !busy) void send(recover({ serverId, code }), () => undefined);
          }}
        >
          <Field id="code-input" label={t('code')} hint={t('code-hint')}>
            <input
              ref={input}
              id="code-input"
              value={code}
              onChange={(event) => setCode(event.target.value)}
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={12}
              aria-describedby="code-input-hint"
              className={`${inputClass} font-mono tracking-widest`}
            />
          </Field>
          <div className="flex flex-wrap gap-2">
            <Button type="submit" variant="primary" disabled={busy || !code}>
              {busy ? t('checking') : t('sign-in')}
            </Button>
            <Button
              variant="ghost"
              disabled={busy}
              onClick={() => void send(createCode({ serverId }), () => setCode(''))}
            >
              {t('another-code')}
            </Button>
          </div>
        </form>
      ) : (
        <Button disabled={!alive || busy} onClick={() => void send(createCode({ serverId }), () => setCreated(true))}>
          {t('print-code')}
        </Button>
      )}
    </div>
  );
}
