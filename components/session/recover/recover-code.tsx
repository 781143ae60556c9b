'use client';

import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { Button } from '#components/ui/button.tsx';
import { Field, inputClass } from '#components/form/field.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import type { ActionResult } from '#lib/actions/action-result.ts';
import { ProblemNotice, type Failure } from '#components/session/sign-in/problem-notice.tsx';

type Props = {
  /** Where the code will be read. */
  place: 'terminal' | 'file';
  servers: { id: string; name: string }[];
  ask: (input: { serverId: string }) => Promise<ActionResult>;
  recover: (input: { serverId: string; code: string }) => Promise<ActionResult>;
};

const UNREACHABLE: Failure = { ok: false, code: 'console_unreachable' };

/** A code from the console's machine proves that one stands at this machine; then the console signs in by itself. */
export function RecoverCode({ place, servers, ask, recover }: Props) {
  const t = useTranslations('recover');
  const tLogin = useTranslations('login');
  const [serverId, setServerId] = useState(servers[0]?.id ?? '');
  const [asked, setAsked] = useState(false);
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [alive, setAlive] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => setAlive(true), []);
  useEffect(() => {
    if (asked) input.current?.focus();
  }, [asked]);
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
      <p>{t(`code-lead-${place}`)}</p>
      {failure ? <ProblemNotice failure={failure} /> : null}
      <Field id="code-server" label={tLogin('server')}>
        <select
          id="code-server"
          value={serverId}
          disabled={asked}
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
      {asked ? (
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
            <Button variant="ghost" disabled={busy} onClick={() => void send(ask({ serverId }), () => setCode(''))}>
              {t('another-code')}
            </Button>
          </div>
        </form>
      ) : (
        <Button disabled={!alive || busy} onClick={() => void send(ask({ serverId }), () => setAsked(true))}>
          {t('print-code')}
        </Button>
      )}
    </div>
  );
}
