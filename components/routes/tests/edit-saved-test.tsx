'use client';

import { useEffect } from 'react';
import { useTranslations } from 'use-intl/react';
import { callAction } from '#components/shell/calls/call-action.ts';
import { Form, SubmitButton } from '#components/form/form.tsx';
import { TextField } from '#components/form/fields/text-field.tsx';
import type { PickerOption } from '#components/form/picker/option.ts';
import { useFormOf } from '#components/form/use-form-of.ts';
import { useAgentChoices } from '#components/routes/editor/agent-field.tsx';
import type { Seen } from '#lib/omni/seen.ts';
import type { AgentChoices } from '#lib/routes/editor/editor.ts';
import type { SavedTest } from '#lib/routes/tests/saved-tests.ts';
import { ExpectedAgent } from './expected-agent.tsx';
import type { SavedTestActions } from './saved-test-actions.ts';

type EditProps = {
  savedTest: SavedTest;
  agents: Seen<AgentChoices>;
  change: SavedTestActions['change'];
  done: () => void;
};

/** The form of a saved test: its name and who is expected to answer. */
export function EditSavedTest({ savedTest, agents, change, done }: EditProps) {
  const t = useTranslations('saved-tests');
  const { optionOf } = useAgentChoices(agents);
  const form = useFormOf<{ name: string; agent: PickerOption | null }>({
    start: { name: savedTest.title ?? '', agent: savedTest.agentId === null ? null : optionOf(savedTest.agentId) },
    draft: `saved-test ${savedTest.id}`,
    asks: true,
  });
  const { setFocus } = form;
  // The dialog was opened before this was loaded.
  useEffect(() => setFocus('name'), [setFocus]);
  return (
    <Form
      form={form}
      className="mt-3 grid gap-4"
      submit={async ({ name, agent }) => {
        const expected = agent?.id ?? null;
        const changed = expected === savedTest.agentId ? {} : { agentId: expected };
        const saved = await callAction(change, { id: savedTest.id, ...changed, title: name });
        if (!saved.ok) return saved;
        form.settle();
        done();
      }}
    >
      <TextField name="name" label={t('name')} maxLength={200} />
      <ExpectedAgent agents={agents} />
      <SubmitButton>{t('save')}</SubmitButton>
    </Form>
  );
}
