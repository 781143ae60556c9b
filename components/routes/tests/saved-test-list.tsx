'use client';

import { Pencil, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useCallback, useState, useTransition } from 'react';
import { useTranslations } from 'use-intl/react';
import { callAction } from '#components/shell/calls/call-action.ts';
import { useTexts } from '#components/operations/receipt/text-of.ts';
import { sameKind, useDraftOf } from '#components/shell/drafts/draft.tsx';
import { DataList } from '#components/data-table/data-list.tsx';
import { Button } from '#components/ui/button.tsx';
import { Field, inputClass } from '#components/form/field.tsx';
import { ProblemNotice } from '#components/ui/state/problem-notice.tsx';
import { Dialog } from '#components/ui/overlay/dialog.tsx';
import { useToast } from '#components/ui/overlay/toasts.tsx';
import type { ActionFailure } from '#lib/actions/action-result.ts';
import type { SavedTestResult } from '#lib/routes/tests/run-saved-tests.ts';
import { Picker, type PickerOption } from '#components/routes/editor/picker.tsx';
import type { SavedTestActions } from './saved-test-actions.ts';
import { SAVED_TEST_COLUMNS, useSavedTestName } from './saved-test-columns.tsx';
import { searchIn } from '#components/routes/editor/searches.ts';

type Props = { savedTests: SavedTestResult[]; agents: PickerOption[]; actions: SavedTestActions; locked?: string };

/** Saved tests with their results; each can be edited, and deleted with an Undo. */
export function SavedTestList({ savedTests, agents, actions, locked }: Props) {
  const t = useTranslations('saved-tests');
  const { title } = useTexts();
  const toast = useToast();
  const router = useRouter();
  const [editing, edit] = useState<string | null>(null);
  const [, start] = useTransition();
  const head = useCallback((id: string) => t(id as 'name'), [t]);
  const nameOf = useSavedTestName();
  useDraftOf<{ editing: string | null }>(
    'saved-tests',
    { values: { editing }, changed: editing !== null, restore: (kept) => !locked && edit(kept.editing ?? null) },
    sameKind({ editing: null }),
  );

  function remove(savedTest: SavedTestResult) {
    const { instanceId, chatId, personId, agentId, title: name } = savedTest;
    start(async () => {
      const done = await callAction(actions.remove, { id: savedTest.id });
      if (!done.ok) return toast({ text: title(done), persistent: true });
      const back = async () => {
        const kept = await callAction(actions.save, { instanceId, chatId, personId, agentId, title: name });
        if (!kept.ok) toast({ text: title(kept), persistent: true });
        router.refresh();
      };
      toast({ text: t('deleted'), action: { label: t('undo'), run: () => void back() } });
      router.refresh();
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
              router.refresh();
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
  savedTest: SavedTestResult;
  agents: PickerOption[];
  change: SavedTestActions['change'];
  done: () => void;
};

function EditSavedTest({ savedTest, agents, change, done }: EditProps) {
  const t = useTranslations('saved-tests');
  const [name, setName] = useState(savedTest.title ?? '');
  const [agent, setAgent] = useState(() => optionOf(savedTest.agentId, agents));
  const [failed, setFailed] = useState<ActionFailure | null>(null);
  const [busy, start] = useTransition();
  const draft = { name, agent };
  const drop = useDraftOf<typeof draft>(
    `saved-test ${savedTest.id}`,
    {
      values: draft,
      changed: name !== (savedTest.title ?? '') || (agent?.id ?? null) !== savedTest.agentId,
      restore: (kept) => {
        if (kept.name !== undefined) setName(kept.name);
        if (kept.agent !== undefined) setAgent(kept.agent);
      },
    },
    sameKind({ name, agent: null }),
  );
  return (
    <form
      method="post"
      onSubmit={(event) => {
        event.preventDefault();
        start(async () => {
          const expected = agent?.id ?? null;
          const changed = expected === savedTest.agentId ? {} : { agentId: expected };
          const saved = await callAction(change, { id: savedTest.id, ...changed, title: name });
          if (!saved.ok) return setFailed(saved);
          drop();
          done();
        });
      }}
      className="mt-3 grid gap-4"
    >
      <Field id={`title-${savedTest.id}`} label={t('name')}>
        <input
          id={`title-${savedTest.id}`}
          value={name}
          maxLength={200}
          onChange={({ target }) => setName(target.value)}
          className={inputClass}
        />
      </Field>
      <Field id={`agent-${savedTest.id}`} label={t('expected')}>
        <Picker
          id={`agent-${savedTest.id}`}
          label={t('expected')}
          placeholder={t('nobody')}
          chosen={agent}
          search={searchIn(agents)}
          pick={setAgent}
          clearable
        />
      </Field>
      <Button type="submit" variant="primary" disabled={busy} className="justify-self-end">
        {t('save')}
      </Button>
      {failed ? <ProblemNotice failure={failed} /> : null}
    </form>
  );
}
