'use client';

import { BellRing } from 'lucide-react';
import { useState, useTransition } from 'react';
import { useTranslations } from 'use-intl/react';
import { callAction } from '#components/shell/calls/call-action.ts';
import { sameKind, useDraftOf } from '#components/shell/drafts/draft.tsx';
import { Field, inputClass } from '#components/form/field.tsx';
import { GuardedButton } from '#components/ui/guarded-button.tsx';
import { ProblemNotice } from '#components/ui/state/problem-notice.tsx';
import type { ActionResult } from '#lib/actions/action-result.ts';
import { Picker, type PickerOption } from '#components/routes/editor/picker.tsx';
import type { SavedTestActions, SavedTestInput } from './saved-test-actions.ts';
import { searchIn } from '#components/routes/editor/searches.ts';

type Props = {
  question: Pick<SavedTestInput, 'instanceId' | 'chatId' | 'personId'>;
  name: string;
  agents: PickerOption[];
  answers: PickerOption | null;
  save: SavedTestActions['save'];
  locked?: string;
};

/** Saves the question of the page as a test: with the agent that answers now, or with another one. */
export function SaveTest({ question, name, agents, answers, save, locked }: Props) {
  const t = useTranslations('saved-tests');
  const [title, setTitle] = useState(name);
  const [agent, setAgent] = useState(answers);
  const [result, setResult] = useState<ActionResult<{ id: string }> | null>(null);
  const [busy, start] = useTransition();
  const draft = { title, agent };
  useDraftOf<typeof draft>(
    `save-test ${question.instanceId} ${question.chatId} ${question.personId}`,
    {
      values: draft,
      changed: !result?.ok && (title !== name || agent?.id !== answers?.id),
      restore: (kept) => {
        if (kept.title !== undefined) setTitle(kept.title);
        if (kept.agent !== undefined) setAgent(kept.agent);
      },
    },
    sameKind({ title, agent: null }),
  );
  const untargeted = question.chatId === null && question.personId === null;
  const why = locked ?? (untargeted ? t('needs-target') : undefined);
  return (
    <form
      method="post"
      onSubmit={(event) => {
        event.preventDefault();
        if (why) return;
        start(async () => setResult(await callAction(save, { ...question, agentId: agent?.id ?? null, title })));
      }}
      className="grid gap-3 md:grid-cols-[1fr_1fr_auto] md:items-end"
    >
      <Field id="test-title" label={t('name')}>
        <input
          id="test-title"
          value={title}
          maxLength={200}
          onChange={({ target }) => setTitle(target.value)}
          autoComplete="off"
          className={inputClass}
        />
      </Field>
      <Field id="test-agent" label={t('expected')}>
        <Picker
          id="test-agent"
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
        {t('save-test')}
      </GuardedButton>
      <div aria-live="polite" className="text-sm empty:hidden md:col-span-3">
        {why ? <p className="text-muted">{why}</p> : null}
        {result?.ok ? <p className="text-good">{t('saved')}</p> : null}
        {result && !result.ok ? <ProblemNotice failure={result} /> : null}
      </div>
    </form>
  );
}
