'use client';

import { BellRing } from 'lucide-react';
import { useState, useTransition } from 'react';
import { useTranslations } from 'use-intl/react';
import { useTexts } from '#components/operations/receipt/text-of.ts';
import { Field, inputClass } from '#components/form/field.tsx';
import { GuardedButton } from '#components/ui/guarded-button.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import type { ActionResult } from '#lib/actions/action-result.ts';
import { Picker, type Option } from '#components/routes/editor/picker.tsx';
import type { ProbeActions, ProbeInput } from './saved-test-actions.ts';
import { searchIn } from '#components/routes/editor/searches.ts';

type Props = {
  question: Pick<ProbeInput, 'instanceId' | 'chatId' | 'personId'>;
  name: string;
  agents: Option[];
  answers: Option | null;
  save: ProbeActions['save'];
  locked?: string;
};

/** Keeps what is asked now, to be asked again after changes: with the agent that answers today, or another one. */
export function KeepProbe({ question, name, agents, answers, save, locked }: Props) {
  const t = useTranslations('probes');
  const { title: problemTitle, help } = useTexts();
  const [title, setTitle] = useState(name);
  const [agent, setAgent] = useState(answers);
  const [result, setResult] = useState<ActionResult<{ id: string }> | null>(null);
  const [busy, start] = useTransition();
  const nothing = question.chatId === null && question.personId === null;
  const why = locked ?? (nothing ? t('needs-target') : undefined);
  return (
    <form
      method="post"
      onSubmit={(event) => {
        event.preventDefault();
        if (why) return;
        start(async () =>
          setResult(
            await save({ ...question, agentId: agent?.id ?? null, title }).catch(() => ({
              ok: false as const,
              code: 'console_unreachable',
            })),
          ),
        );
      }}
      className="grid gap-3 md:grid-cols-[1fr_1fr_auto] md:items-end"
    >
      <Field id="probe-title" label={t('name')}>
        <input
          id="probe-title"
          value={title}
          maxLength={200}
          onChange={({ target }) => setTitle(target.value)}
          autoComplete="off"
          className={inputClass}
        />
      </Field>
      <Field id="probe-agent" label={t('expected')}>
        <Picker
          id="probe-agent"
          label={t('expected')}
          placeholder={t('nobody')}
          chosen={agent}
          search={searchIn(agents)}
          pick={setAgent}
          clearable
        />
      </Field>
      <GuardedButton type="submit" reason={why} disabled={busy}>
        <BellRing aria-hidden className="size-4" />
        {t('keep')}
      </GuardedButton>
      <div aria-live="polite" className="text-sm empty:hidden md:col-span-3">
        {why ? <p className="text-muted">{why}</p> : null}
        {result?.ok ? <p className="text-good">{t('kept')}</p> : null}
        {result && !result.ok ? (
          <Notice tone="danger" role="alert" title={problemTitle(result)}>
            {help(result)}
          </Notice>
        ) : null}
      </div>
    </form>
  );
}
