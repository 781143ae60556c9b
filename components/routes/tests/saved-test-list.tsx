'use client';

import { Pencil, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { useTranslations } from 'use-intl/react';
import { useTexts } from '#components/operations/receipt/text-of.ts';
import { Button } from '#components/ui/button.tsx';
import { Field, inputClass } from '#components/form/field.tsx';
import { GuardedButton } from '#components/ui/guarded-button.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import { useToast } from '#components/ui/overlay/toasts.tsx';
import type { ActionResult } from '#lib/actions/action-result.ts';
import type { SavedTestResult } from '#lib/routes/tests/run-saved-tests.ts';
import { Picker, type PickerOption } from '#components/routes/editor/picker.tsx';
import type { SavedTestActions } from './saved-test-actions.ts';
import { SavedTestLine } from './saved-test-line.tsx';
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

  function remove(savedTest: SavedTestResult) {
    const { instanceId, chatId, personId, agentId, title: name } = savedTest;
    start(async () => {
      const done = await actions.remove({ id: savedTest.id }).catch(() => UNREACHABLE);
      if (!done.ok) return toast({ text: title(done), persistent: true });
      const back = () =>
        void actions.save({ instanceId, chatId, personId, agentId, title: name }).then(() => router.refresh());
      toast({ text: t('deleted'), action: { label: t('undo'), run: back } });
      router.refresh();
    });
  }

  return (
    <ul className="divide-y" aria-label={t('title')}>
      {savedTests.map((savedTest) => (
        <li key={savedTest.id} className="px-4 py-3">
          <div className="flex flex-wrap items-start gap-2">
            <SavedTestLine savedTest={savedTest} />
            <div className="flex gap-1">
              {(
                [
                  ['edit', Pencil, () => edit(editing === savedTest.id ? null : savedTest.id)],
                  ['delete', Trash2, () => remove(savedTest)],
                ] as const
              ).map(([what, Icon, run]) => (
                <GuardedButton
                  bare
                  key={what}
                  aria-label={t(what, { title: savedTest.title ?? savedTest.id.slice(0, 8) })}
                  reason={locked}
                  onClick={run}
                  className="grid size-8 place-items-center rounded text-muted hover:bg-hover hover:text-text aria-disabled:opacity-50"
                >
                  <Icon aria-hidden className="size-4" />
                </GuardedButton>
              ))}
            </div>
          </div>
          {editing === savedTest.id ? (
            <EditSavedTest
              savedTest={savedTest}
              agents={agents}
              change={actions.change}
              done={() => {
                edit(null);
                router.refresh();
              }}
            />
          ) : null}
        </li>
      ))}
    </ul>
  );
}

const UNREACHABLE: ActionResult = { ok: false, code: 'console_unreachable' };

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
  const { title: problemTitle, help } = useTexts();
  const [name, setName] = useState(savedTest.title ?? '');
  const [agent, setAgent] = useState(() => optionOf(savedTest.agentId, agents));
  const [failed, setFailed] = useState<Extract<ActionResult, { ok: false }> | null>(null);
  const [busy, start] = useTransition();
  return (
    <form
      method="post"
      onSubmit={(event) => {
        event.preventDefault();
        start(async () => {
          const expected = agent?.id ?? null;
          const changed = expected === savedTest.agentId ? {} : { agentId: expected };
          const saved = await change({ id: savedTest.id, ...changed, title: name }).catch(() => UNREACHABLE);
          if (saved.ok) done();
          else setFailed(saved);
        });
      }}
      className="mt-3 grid gap-3 rounded border p-3 md:grid-cols-[1fr_1fr_auto] md:items-end"
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
      <Button type="submit" variant="primary" disabled={busy}>
        {t('save')}
      </Button>
      {failed ? (
        <Notice tone="danger" role="alert" title={problemTitle(failed)} className="md:col-span-3">
          {help(failed)}
        </Notice>
      ) : null}
    </form>
  );
}
