'use client';

import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { ChangeForm } from '#components/operations/change/change-form.tsx';
import { DraftTest, type TestDraft } from '#components/routes/resolve/draft-test.tsx';
import { Button } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import type { Seen } from '#lib/omni/seen.ts';
import type { AgentChoices, EditorInstance, EditorRoute, EditorTarget, Unwritable } from '#lib/routes/editor/editor.ts';
import { OVERRIDES } from '#lib/routes/editor/overrides.ts';
import type { RouteField, RouteFields } from '#lib/routes/editor/route-fields.ts';
import { AfterSave, ExistingRoute, MeanwhileCreated, ReviewTop } from './around-review.tsx';
import { BasicFields } from './basic-fields.tsx';
import { ChangedMeanwhile, savedMeanwhile } from './changed-meanwhile.tsx';
import { OverridesCard } from './overrides-card.tsx';
import { useCarryDraft, useRouteChange } from './use-route-change.ts';
import type { Locked } from '#components/ui/locked/locked.ts';

type Props = {
  /** Null until one is chosen for a new route: then nothing else can be. */
  instance: EditorInstance | null;
  agents: Seen<AgentChoices>;
  /** The route to edit; none for a new one. */
  route?: EditorRoute;
  target: EditorTarget | null;
  /** What a copy starts with. */
  copied?: RouteFields;
  copyOf?: string;
  unwritable?: Unwritable[];
  /** The route that the chat or person of a new one has already. */
  existing?: { id: string; label: string | null; active: boolean } | null;
  locked?: Locked | undefined;
  test: TestDraft;
  targetFields?: ReactNode;
};

/** Stands for the instance until it is chosen. */
const NO_INSTANCE: EditorInstance = {
  id: '',
  name: '',
  channel: '',
  active: null,
  agentId: null,
  settings: Object.fromEntries(OVERRIDES.map((name) => [name, null])) as EditorInstance['settings'],
};

/** Everything of a route that can be written: what is chosen at the left, what saving it changes at the right. */
export function RouteEditor(props: Props) {
  const {
    instance: known,
    agents,
    route,
    target,
    copied,
    copyOf,
    unwritable,
    existing,
    locked,
    test,
    targetFields,
  } = props;
  const t = useTranslations('route');
  const router = useRouter();
  const carryDraft = useCarryDraft();
  const instance = known ?? NO_INSTANCE;
  const barred = Boolean(locked || existing || !known);
  const disabled = Boolean(locked || !known);
  const change = useRouteChange({ instanceId: instance.id, route, copied, copyOf, target, barred });
  const { form, operation, read } = change;
  const { state } = operation;
  const theirs = state.at === 'preview' ? savedMeanwhile(state.plan.refusal) : null;

  function editInstead(id: string) {
    carryDraft(id, read.fields);
    form.settle();
    router.push(`/routes/${instance.id}/${id}` as Route);
  }

  const problems = Object.keys(read.problems) as RouteField[];
  const taken = existing
    ? t(`exists.${target?.scope ?? 'chat'}`, { state: existing.active ? 'active' : 'inactive' })
    : null;
  const missing = route
    ? null
    : !known
      ? 'needs-instance'
      : !target
        ? 'needs-target'
        : !form.values.agentId
          ? 'needs-agent'
          : null;
  const why =
    locked ?? taken ?? (missing ? t(missing) : !problems.length && !read.changes.length ? t('needs-change') : null);
  return (
    <ChangeForm
      addressed
      change={change}
      runLabel={route ? t('save', { count: read.changes.length }) : t('create')}
      above={<ReviewTop why={why} problems={problems} change={change} />}
      below={
        <MeanwhileCreated operation={operation} instanceId={instance.id} isNew={!route} editInstead={editInstead} />
      }
      afterwards={
        <AfterSave operation={operation} instanceId={instance.id} routeId={route?.id ?? null} target={target} />
      }
    >
      {existing ? <ExistingRoute {...{ existing, instanceId: instance.id, title: taken ?? '', editInstead }} /> : null}
      {change.restored ? (
        <Notice
          tone="info"
          role="status"
          title={t('restored')}
          actions={
            <Button size="sm" onClick={change.discard}>
              {t('discard')}
            </Button>
          }
        >
          {t('restored-help')}
        </Notice>
      ) : null}
      {unwritable && unwritable.length > 0 ? <NotWritable all={unwritable} copied={Boolean(copied)} /> : null}
      {theirs ? (
        <ChangedMeanwhile
          saved={change.saved}
          fields={read.fields}
          theirs={theirs.fields}
          continueWith={(fields) => change.continueWith(theirs.fields, fields, theirs.updatedAt)}
        />
      ) : (
        <>
          <BasicFields {...{ change, instance, agents, target, targetFields }} disabled={disabled} />
          <OverridesCard change={change} instance={instance} disabled={disabled} />
        </>
      )}
      {known ? (
        <DraftTest
          instanceId={instance.id}
          routeId={route?.id ?? null}
          target={target}
          fields={read.fields}
          test={test}
          refused={taken}
        />
      ) : null}
    </ChangeForm>
  );
}

function NotWritable({ all, copied }: { all: Unwritable[]; copied: boolean }) {
  const t = useTranslations('route');
  const tFields = useTranslations('route-fields');
  return (
    <Notice tone="warn" title={t(copied ? 'not-copied' : 'not-writable')}>
      <ul className="list-inside list-disc">
        {all.map(({ field, value }) => (
          <li key={field}>
            {tFields(field)}: <span className="font-mono text-sm">{JSON.stringify(value)}</span>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
