'use client';

import { useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl/react';
import { anyKey } from '#lib/i18n/any-key.ts';
import { Form, SubmitButton } from '#components/form/form.tsx';
import { KeyField } from '#components/form/fields/key-field.tsx';
import { optionsOf, SelectField } from '#components/form/fields/select-field.tsx';
import { useFormOf } from '#components/form/use-form-of.ts';
import { Notice } from '#components/ui/state/notice.tsx';
import { callAction } from '#components/shell/calls/call-action.ts';
import type { ServerAction } from '#lib/actions/server-action.ts';
import type { Diagnosis, KeyFinding } from '#lib/session/recover/diagnose.ts';
import { ProblemNotice } from '#components/ui/state/problem-notice.tsx';

type Props = {
  servers: { id: string; name: string }[];
  diagnose: ServerAction<{ serverId: string; key: string }, Diagnosis>;
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
  const [found, setFound] = useState<Diagnosis>();
  const form = useFormOf({ start: { serverId: servers[0]?.id ?? '', key: '' } });
  const name = servers.find(({ id }) => id === form.values.serverId)?.name ?? '';
  return (
    <Form
      form={form}
      submit={async (values) => {
        const answer = await callAction(diagnose, values);
        setFound(answer.ok ? answer.data : undefined);
        return answer.ok ? null : answer;
      }}
    >
      <SelectField name="serverId" label={tLogin('server')} options={optionsOf(servers)} />
      <KeyField name="key" label={t('key')} hint={t('key-hint')} optional whose={`${tLogin('api-key')} @ ${name}`} />
      <SubmitButton variant="secondary" busyLabel={t('checking')}>
        {t('check')}
      </SubmitButton>
      {found ? <Findings found={found} server={name} /> : null}
    </Form>
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
        <ProblemNotice failure={found.server} />
      )}
      <Notice tone={TONES[key.is]}>{anyKey(t)(`findings.${key.is}`, values)}</Notice>
    </div>
  );
}
