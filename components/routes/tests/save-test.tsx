'use client';

import { BellRing } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { callAction } from '#components/shell/calls/call-action.ts';
import { Form } from '#components/form/form.tsx';
import { TextField } from '#components/form/fields/text-field.tsx';
import { useFormOf } from '#components/form/use-form-of.ts';
import { GuardedButton } from '#components/ui/guarded-button.tsx';
import type { PickerOption } from '#components/form/picker/option.ts';
import { PickerField } from '#components/form/picker/picker-field.tsx';
import type { SavedTestActions, SavedTestInput } from './saved-test-actions.ts';
import { searchIn } from '#components/form/picker/searches.ts';
import { lockedText, type Locked } from '#components/ui/state/locked.ts';

type Props = {
  question: Pick<SavedTestInput, 'instanceId' | 'chatId' | 'personId'>;
  name: string;
  agents: PickerOption[];
  answers: PickerOption | null;
  save: SavedTestActions['save'];
  locked?: Locked | undefined;
};

/** Saves the question of the page as a test: with the agent that answers now, or with another one. */
export function SaveTest({ question, name, agents, answers, save, locked }: Props) {
  const t = useTranslations('saved-tests');
  const form = useFormOf<{ title: string; agent: PickerOption | null }>({
    start: { title: name, agent: answers },
    draft: `save-test ${question.instanceId} ${question.chatId} ${question.personId}`,
  });
  const [saved, setSaved] = useState(false);
  const untargeted = question.chatId === null && question.personId === null;
  const why = locked ?? (untargeted ? t('needs-target') : undefined);
  return (
    <Form
      form={form}
      className="grid gap-3 md:grid-cols-[1fr_1fr_auto] md:items-end"
      submit={async ({ title, agent }) => {
        setSaved(false);
        if (why) return;
        const result = await callAction(save, { ...question, agentId: agent?.id ?? null, title });
        if (!result.ok) return result;
        form.settle();
        setSaved(true);
      }}
    >
      <TextField name="title" label={t('name')} maxLength={200} autoComplete="off" />
      <PickerField name="agent" label={t('expected')} placeholder={t('nobody')} search={searchIn(agents)} />
      <GuardedButton type="submit" reason={why} disabled={form.formState.isSubmitting}>
        <BellRing aria-hidden className="size-4" />
        {t('save-test')}
      </GuardedButton>
      <div aria-live="polite" className="text-sm empty:hidden md:col-span-3">
        {why ? <p className="text-muted">{lockedText(why)}</p> : null}
        {saved ? <p className="text-good">{t('saved')}</p> : null}
      </div>
    </Form>
  );
}
