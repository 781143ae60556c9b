'use client';

import { useEffect, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl/react';
import { Button } from '#components/ui/button.tsx';
import { Field, inputClass } from '#components/form/field.tsx';
import { KeyInput } from '#components/form/key-input.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import type { ActionFailure, ActionResult } from '#lib/actions/action-result.ts';
import type { Diagnosis, KeyFinding } from '#lib/session/recover/diagnose.ts';
import { ProblemNotice } from '#components/session/sign-in/problem-notice.tsx';

type Props = {
  servers: { id: string; name: string }[];
  diagnose: (input: { serverId: string; key: string }) => Promise<ActionResult<Diagnosis>>;
};

const TONES: Record<KeyFinding['is'], 'good' | 'warn' | 'info' | 'danger'> = {
  good: 'good',
  narrow: 'good',
  not_given: 'info',
  not_checked: 'info',
  malformed: 'warn',
  too_many_tries: 'warn',
  refused: 'danger',
  unknown: 'danger',
  revoked: 'danger',
  expired: 'danger',
};

/** Diagnoses the server and the key. */
export function RecoverDiagnosis({ servers, diagnose }: Props) {
  const t = useTranslations('recover');
  const tLogin = useTranslations('login');
  const [serverId, setServerId] = useState(servers[0]?.id ?? '');
  const [key, setKey] = useState('');
  const [alive, setAlive] = useState(false);
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<ActionResult<Diagnosis>>();
  useEffect(() => setAlive(true), []);
  async function check() {
    setBusy(true);
    setFound(
      await diagnose({ serverId, key }).catch((): ActionFailure => ({ ok: false, code: 'console_unreachable' })),
    );
    setBusy(false);
  }
  const name = servers.find(({ id }) => id === serverId)?.name ?? '';
  return (
    <form
      method="post"
      noValidate
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void check();
      }}
    >
      <Field id="server" label={tLogin('server')}>
        <select
          id="server"
          value={serverId}
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
      <Field id="key" label={t('key')} aside={tLogin('optional')} hint={t('key-hint')}>
        <KeyInput
          id="key"
          whose={`${tLogin('api-key')} @ ${name}`}
          showLabel={tLogin('show')}
          hideLabel={tLogin('hide')}
          required={false}
          value={key}
          onChange={(event) => setKey(event.target.value)}
          aria-describedby="key-hint"
        />
      </Field>
      <Button type="submit" disabled={!alive || busy}>
        {busy ? t('checking') : t('check')}
      </Button>
      {found?.ok ? <Findings found={found.data} server={name} /> : found ? <ProblemNotice failure={found} /> : null}
    </form>
  );
}

function Findings({ found, server }: { found: Diagnosis; server: string }) {
  const t = useTranslations('recover');
  const format = useFormatter();
  const { key } = found;
  const at =
    'at' in key && key.at ? format.dateTime(new Date(key.at), { dateStyle: 'medium', timeStyle: 'short' }) : '';
  const values =
    key.is === 'revoked'
      ? { name: key.name, at: at || t('no-date'), by: key.by || t('no-revoker'), reason: key.reason || t('no-reason') }
      : key.is === 'expired'
        ? { name: key.name, at }
        : {};
  return (
    <div role="status" className="space-y-3">
      {found.server === 'up' ? (
        <Notice tone="good">{t('server-up', { server })}</Notice>
      ) : (
        <ProblemNotice failure={{ ok: false, ...found.server }} />
      )}
      <Notice tone={TONES[key.is]}>{t(`findings.${key.is}` as never, values as never)}</Notice>
    </div>
  );
}
