'use client';

import { BellRing } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { callAction } from '#components/shell/calls/call-action.ts';
import { readPageAgain } from '#components/shell/calls/page-reading.ts';
import { sameKind, useDraftOf } from '#components/shell/drafts/draft.tsx';
import { Form, SubmitButton } from '#components/form/form.tsx';
import { TextField } from '#components/form/fields/text-field.tsx';
import { useFormOf } from '#components/form/use-form-of.ts';
import { GuardedButton } from '#components/ui/guarded-button.tsx';
import { Dialog } from '#components/ui/overlay/dialog.tsx';
import { useToast } from '#components/ui/overlay/toasts.tsx';
import type { PickerOption } from '#components/form/picker/option.ts';
import type { Locked } from '#components/ui/locked/locked.ts';
import { useAgentChoices } from '#components/routes/editor/agent-field.tsx';
import type { Seen } from '#lib/omni/seen.ts';
import type { AgentChoices } from '#lib/routes/editor/editor.ts';
import { ExpectedAgent } from './expected-agent.tsx';
import type { SavedTestActions, SavedTestInput } from './saved-test-actions.ts';

/** A question to routing. `answers`: the agent that answers now, or that routing leads to. */
type Asked = {
  question: Pick<SavedTestInput, 'instanceId' | 'chatId' | 'personId'>;
  name: string;
  agents: Seen<AgentChoices>;
  answers: string | null;
};

type Props = { asked?: Asked; save: SavedTestActions['save']; locked?: Locked | undefined };

/** Saves the question of the page as a test, in a dialog. Without a chat or person there is nothing to save yet. */
export function SaveTest({ asked, save, locked }: Props) {
  const t = useTranslations('saved-tests');
  const toast = useToast();
  const [open, setOpen] = useState(false);
  const aimed = asked && (asked.question.chatId !== null || asked.question.personId !== null);
  const why = locked ?? (aimed ? undefined : t('needs-target'));
  useDraftOf<{ open: boolean }>(
    'save-test',
    { values: { open }, changed: open, restore: (kept) => !why && setOpen(kept.open === true) },
    sameKind({ open: false }),
  );
  return (
    <>
      <GuardedButton reason={why} onClick={() => setOpen(true)}>
        <BellRing aria-hidden className="size-4" />
        <span className="max-sm:sr-only">{t('save-test')}</span>
      </GuardedButton>
      <Dialog open={open && !why} title={t('save-test')} onCancel={() => setOpen(false)}>
        {asked ? (
          <SaveForm
            {...asked}
            save={save}
            done={() => {
              setOpen(false);
              toast({ text: t('saved') });
              readPageAgain();
            }}
          />
        ) : null}
      </Dialog>
    </>
  );
}

type FormProps = Asked & Pick<Props, 'save'> & { done: () => void };

/** The name of the test, and the agent that is expected: the one that answers now, or another one. */
function SaveForm({ question, name, agents, answers, save, done }: FormProps) {
  const t = useTranslations('saved-tests');
  const { optionOf } = useAgentChoices(agents);
  const form = useFormOf<{ title: string; agent: PickerOption | null }>({
    start: { title: name, agent: answers === null ? null : optionOf(answers) },
    draft: `save-test ${question.instanceId} ${question.chatId} ${question.personId}`,
  });
  return (
    <Form
      form={form}
      className="mt-3 grid gap-4"
      submit={async ({ title, agent }) => {
        const result = await callAction(save, { ...question, agentId: agent?.id ?? null, title });
        if (!result.ok) return result;
        form.settle();
        done();
      }}
    >
      <TextField name="title" label={t('name')} maxLength={200} autoComplete="off" />
      <ExpectedAgent agents={agents} />
      <SubmitButton>{t('save-test')}</SubmitButton>
    </Form>
  );
}
