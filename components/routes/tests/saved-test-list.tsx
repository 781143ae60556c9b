'use client';

import { Pencil, Trash2 } from 'lucide-react';
import { useCallback, useState, useTransition } from 'react';
import { useTranslations } from 'use-intl/react';
import { readPageAgain } from '#components/shell/calls/page-reading.ts';
import { callAction } from '#components/shell/calls/call-action.ts';
import { useTexts } from '#components/operations/receipt/text-of.ts';
import { sameKind, useDraftOf } from '#components/shell/drafts/draft.tsx';
import { DataList } from '#components/data-table/data-list.tsx';
import { Dialog } from '#components/ui/overlay/dialog.tsx';
import { Form, SubmitButton } from '#components/form/form.tsx';
import { TextField } from '#components/form/fields/text-field.tsx';
import { useFormOf } from '#components/form/use-form-of.ts';
import { useToast } from '#components/ui/overlay/toasts.tsx';
import type { TestAfter } from '#lib/routes/tests/run-after.ts';
import type { SavedTest } from '#lib/routes/tests/saved-tests.ts';
import type { PickerOption } from '#components/form/picker/option.ts';
import { PickerField } from '#components/form/picker/picker-field.tsx';
import type { SavedTestActions } from './saved-test-actions.ts';
import { SAVED_TEST_COLUMNS } from './saved-test-columns.tsx';
import { useSavedTestName } from './saved-test-words.ts';
import { searchIn } from '#components/form/picker/searches.ts';
import type { Locked } from '#components/ui/state/locked.ts';

type Props = {
  savedTests: TestAfter[];
  agents: PickerOption[];
  actions: SavedTestActions;
  locked?: Locked | undefined;
};

/** Saved tests with their results; each can be edited, and deleted with an Undo. */
export function SavedTestList({ savedTests, agents, actions, locked }: Props) {
  const t = useTranslations('saved-tests');
  const { title } = useTexts();
  const toast = useToast();
  const [editing, edit] = useState<string | null>(null);
  const [, start] = useTransition();
  const head = useCallback((id: string) => t(id as 'name'), [t]);
  const nameOf = useSavedTestName();
  useDraftOf<{ editing: string | null }>(
    'saved-tests',
    { values: { editing }, changed: editing !== null, restore: (kept) => !locked && edit(kept.editing ?? null) },
    sameKind({ editing: null }),
  );

  function remove(savedTest: SavedTest) {
    const { instanceId, chatId, personId, agentId, title: name } = savedTest;
    start(async () => {
      const done = await callAction(actions.remove, { id: savedTest.id });
      if (!done.ok) return toast({ text: title(done), persistent: true });
      const back = async () => {
        const kept = await callAction(actions.save, { instanceId, chatId, personId, agentId, title: name });
        if (!kept.ok) toast({ text: title(kept), persistent: true });
        readPageAgain();
      };
      toast({ text: t('deleted'), action: { label: t('undo'), run: () => void back() } });
      readPageAgain();
    });
  }

  const edited = savedTests.find(({ id }) => id === editing);
  return (
    <>
      <DataList
        label={t('title')}
        columns={SAVED_TEST_COLUMNS}
        head={head}
        rows={savedTests}
        nameOf={nameOf}
        actions={(savedTest) => [
          {
            id: 'edit',
            label: t('edit'),
            icon: <Pencil aria-hidden />,
            run: () => edit(savedTest.id),
            reason: locked,
          },
          {
            id: 'delete',
            label: t('delete'),
            icon: <Trash2 aria-hidden />,
            run: () => remove(savedTest),
            danger: true,
            reason: locked,
          },
        ]}
      />
      <Dialog open={edited !== undefined} title={edited ? nameOf(edited) : ''} onCancel={() => edit(null)}>
        {edited ? (
          <EditSavedTest
            key={edited.id}
            savedTest={edited}
            agents={agents}
            change={actions.change}
            done={() => {
              edit(null);
              readPageAgain();
            }}
          />
        ) : null}
      </Dialog>
    </>
  );
}

/** An agent among those that can be seen, else by its id: it is still the one that is expected. */
function optionOf(id: string | null, agents: readonly PickerOption[]): PickerOption | null {
  return id === null ? null : (agents.find((each) => each.id === id) ?? { id, name: id });
}

type EditProps = {
  savedTest: SavedTest;
  agents: PickerOption[];
  change: SavedTestActions['change'];
  done: () => void;
};

function EditSavedTest({ savedTest, agents, change, done }: EditProps) {
  const t = useTranslations('saved-tests');
  const form = useFormOf<{ name: string; agent: PickerOption | null }>({
    start: { name: savedTest.title ?? '', agent: optionOf(savedTest.agentId, agents) },
    draft: `saved-test ${savedTest.id}`,
    asks: true,
  });
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
      <PickerField name="agent" label={t('expected')} placeholder={t('nobody')} search={searchIn(agents)} />
      <SubmitButton>{t('save')}</SubmitButton>
    </Form>
  );
}
