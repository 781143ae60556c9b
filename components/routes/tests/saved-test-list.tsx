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
import { later } from '#components/ui/state/later.tsx';
import { useToast } from '#components/ui/overlay/toasts.tsx';
import type { TestAfter } from '#lib/routes/tests/run-after.ts';
import type { SavedTest } from '#lib/routes/tests/saved-tests.ts';
import type { Seen } from '#lib/omni/seen.ts';
import type { AgentChoices } from '#lib/routes/editor/editor.ts';
import type { SavedTestActions } from './saved-test-actions.ts';
import { SAVED_TEST_COLUMNS } from './saved-test-columns.tsx';
import { useSavedTestName } from './saved-test-words.ts';
import type { Locked } from '#components/ui/locked/locked.ts';

const EditSavedTest = later(
  () => import('./edit-saved-test.tsx').then((part) => part.EditSavedTest),
  <div className="skeleton mt-3 h-36" />,
);

type Props = {
  savedTests: TestAfter[];
  agents: Seen<AgentChoices>;
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
