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
import type { ProbeResult } from '#lib/routes/tests/run-saved-tests.ts';
import { Picker, type Option } from '#components/routes/editor/picker.tsx';
import type { ProbeActions } from './saved-test-actions.ts';
import { ProbeLine } from './saved-test-line.tsx';
import { searchIn } from '#components/routes/editor/searches.ts';

type Props = { probes: ProbeResult[]; agents: Option[]; actions: ProbeActions; locked?: string };

/** The probes with their results; each can be changed, and deleted with a way back. */
export function ProbeList({ probes, agents, actions, locked }: Props) {
  const t = useTranslations('probes');
  const { title } = useTexts();
  const toast = useToast();
  const router = useRouter();
  const [editing, edit] = useState<string | null>(null);
  const [, start] = useTransition();

  function remove(probe: ProbeResult) {
    const { instanceId, chatId, personId, agentId, title: name } = probe;
    start(async () => {
      const done = await actions.remove({ id: probe.id }).catch(() => UNREACHABLE);
      if (!done.ok) return toast({ text: title(done), persistent: true });
      const back = () =>
        void actions.save({ instanceId, chatId, personId, agentId, title: name }).then(() => router.refresh());
      toast({ text: t('deleted'), action: { label: t('put-back'), run: back } });
      router.refresh();
    });
  }

  return (
    <ul className="divide-y" aria-label={t('title')}>
      {probes.map((probe) => (
        <li key={probe.id} className="px-4 py-3">
          <div className="flex flex-wrap items-start gap-2">
            <ProbeLine probe={probe} />
            <div className="flex gap-1">
              {(
                [
                  ['edit', Pencil, () => edit(editing === probe.id ? null : probe.id)],
                  ['delete', Trash2, () => remove(probe)],
                ] as const
              ).map(([what, Icon, run]) => (
                <GuardedButton
                  bare
                  key={what}
                  aria-label={t(what, { title: probe.title ?? probe.id.slice(0, 8) })}
                  reason={locked}
                  onClick={run}
                  className="grid size-8 place-items-center rounded text-muted hover:bg-hover hover:text-text aria-disabled:opacity-50"
                >
                  <Icon aria-hidden className="size-4" />
                </GuardedButton>
              ))}
            </div>
          </div>
          {editing === probe.id ? (
            <EditProbe
              probe={probe}
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
function optionOf(id: string | null, agents: readonly Option[]): Option | null {
  return id === null ? null : (agents.find((each) => each.id === id) ?? { id, name: id });
}

type EditProps = { probe: ProbeResult; agents: Option[]; change: ProbeActions['change']; done: () => void };

function EditProbe({ probe, agents, change, done }: EditProps) {
  const t = useTranslations('probes');
  const { title: problemTitle, help } = useTexts();
  const [name, setName] = useState(probe.title ?? '');
  const [agent, setAgent] = useState(() => optionOf(probe.agentId, agents));
  const [failed, setFailed] = useState<Extract<ActionResult, { ok: false }> | null>(null);
  const [busy, start] = useTransition();
  return (
    <form
      method="post"
      onSubmit={(event) => {
        event.preventDefault();
        start(async () => {
          const expected = agent?.id ?? null;
          const changed = expected === probe.agentId ? {} : { agentId: expected };
          const saved = await change({ id: probe.id, ...changed, title: name }).catch(() => UNREACHABLE);
          if (saved.ok) done();
          else setFailed(saved);
        });
      }}
      className="mt-3 grid gap-3 rounded border p-3 md:grid-cols-[1fr_1fr_auto] md:items-end"
    >
      <Field id={`title-${probe.id}`} label={t('name')}>
        <input
          id={`title-${probe.id}`}
          value={name}
          maxLength={200}
          onChange={({ target }) => setName(target.value)}
          className={inputClass}
        />
      </Field>
      <Field id={`agent-${probe.id}`} label={t('expected')}>
        <Picker
          id={`agent-${probe.id}`}
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
