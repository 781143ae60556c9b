'use client';

import { useRef, useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { useOperation } from '#components/operations/run/use-operation.ts';
import { Button } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import type { Json } from '#lib/operations/plan/define.ts';
import type { Seen } from '#lib/omni/seen.ts';
import type { AgentOption, EditorInstance, EditorRoute, EditorTarget, Unwritable } from '#lib/routes/editor/editor.ts';
import { changesIn, type RouteFields } from '#lib/routes/editor/route-fields.ts';
import { BasicFields } from './basic-fields.tsx';
import { DraftTest, type TestDraft } from '#components/routes/resolve/draft-test.tsx';
import { OverrideSections } from './override-sections.tsx';
import type { RunSavedTests } from '#components/routes/tests/saved-test-actions.ts';
import { RouteReview } from './route-review.tsx';
import { EMPTY, useRouteDraft } from './use-route-draft.ts';
import { CopyRequest } from '#components/ui/state/copy-request.tsx';
import { lockedScope, lockedText, type Locked } from '#components/ui/state/locked.ts';

type Props = {
  instance: EditorInstance;
  agents: Seen<AgentOption[]>;
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
  /** How many saved tests the instance has, and how to run them once the change is done. */
  savedTests: { count: number; run: RunSavedTests };
};

/** Everything of a route that can be written: edit it, review what saving changes, save. */
export function RouteEditor({
  instance,
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
  savedTests,
}: Props) {
  const t = useTranslations('route');
  const tFields = useTranslations('route-fields');
  const name = route?.id ?? `new-${instance.id}-${copyOf ?? ''}`;
  const draft = useRouteDraft(name, route?.fields ?? copied ?? EMPTY);
  const [since, setSince] = useState(route?.updatedAt);
  const [reviewing, setReviewing] = useState(false);
  const [onlyOwn, setOnlyOwn] = useState(false);
  const operation = useOperation((entry) => {
    if (entry.status === 'done' || entry.status === 'differs') draft.rebase(draft.fields, draft.fields);
  });
  const button = useRef<HTMLButtonElement>(null);
  const bad = Object.keys(draft.problems).length;
  const taken = existing
    ? t(`exists.${target?.scope ?? 'chat'}`, { state: existing.active ? 'active' : 'inactive' })
    : null;
  const scope = lockedScope(locked);
  const missing = route ? null : !target ? 'needs-target' : !draft.fields.agentId ? 'needs-agent' : null;
  const nothing = Boolean(route) && draft.changes.length === 0;
  const why =
    locked ??
    taken ??
    (missing ? t(missing) : bad > 0 ? t('needs-fixing', { count: bad }) : nothing ? t('needs-change') : null);

  function ask(base: RouteFields, fields: RouteFields, from: string | undefined) {
    const changed = Object.fromEntries(changesIn(route ? base : EMPTY, fields).map(({ field, to }) => [field, to]));
    if (route) {
      const input = { instanceId: instance.id, id: route.id, changes: changed, ...(from ? { since: from } : {}) };
      return operation.preview('routes.edit', input);
    }
    const set = Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== null));
    const to: Json =
      target?.scope === 'user' ? { scope: 'user', personId: target.id } : { scope: 'chat', chatId: target?.id ?? '' };
    return operation.preview('routes.create', { instanceId: instance.id, body: { ...to, ...set } });
  }

  function review() {
    if (why) return;
    setReviewing(true);
    void ask(draft.base, draft.fields, since);
    scrollTo({ top: 0 });
  }

  function edit() {
    operation.reset();
    setReviewing(false);
    requestAnimationFrame(() => button.current?.focus());
  }

  if (reviewing) {
    return (
      <RouteReview
        operation={operation}
        instanceId={instance.id}
        draft={draft}
        routeId={route?.id ?? null}
        target={target}
        back={edit}
        continueWith={(base, fields, from) => {
          setSince(from);
          draft.rebase(base, fields);
          if (changesIn(base, fields).length > 0) void ask(base, fields, from);
          else edit();
        }}
        savedTests={savedTests}
      />
    );
  }
  return (
    <form
      method="post"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        review();
      }}
      className="space-y-4"
    >
      {locked ? (
        <Notice tone="info" title={t('locked')} actions={scope ? <CopyRequest scope={scope} /> : undefined}>
          {lockedText(locked)}
        </Notice>
      ) : null}
      {draft.restored ? (
        <Notice
          tone="info"
          role="status"
          title={t('restored')}
          actions={
            <Button size="sm" onClick={draft.discard}>
              {t('discard')}
            </Button>
          }
        >
          {t('restored-help')}
        </Notice>
      ) : null}
      {unwritable && unwritable.length > 0 ? (
        <Notice tone="warn" title={t(copied ? 'not-copied' : 'not-writable')}>
          <ul className="list-inside list-disc">
            {unwritable.map(({ field, value }) => (
              <li key={field}>
                {tFields(field)}: <span className="font-mono text-sm">{JSON.stringify(value)}</span>
              </li>
            ))}
          </ul>
        </Notice>
      ) : null}
      <BasicFields
        {...{ instance, agents, target, existing, draft, targetFields }}
        fixed={Boolean(route)}
        disabled={Boolean(locked)}
      />
      <OverrideSections draft={draft} instance={instance} onlyOwn={onlyOwn} disabled={Boolean(locked)} />
      <DraftTest
        instanceId={instance.id}
        routeId={route?.id ?? null}
        target={target}
        fields={draft.fields}
        test={test}
        refused={taken}
      />
      <div
        data-sticks="bottom"
        className="bottom-14 z-10 -mx-4 flex flex-wrap items-center gap-x-4 gap-y-2 border-t bg-surface px-4 py-3 md:bottom-0 md:mx-0 md:rounded-t md:border-x tall:sticky"
      >
        <p role="status" className="min-w-0 grow text-sm">
          <span className="font-medium">{t('own-count', { own: draft.own })}</span>
          <span className="text-muted"> · {t('change-count', { count: draft.changes.length })}</span>
        </p>
        <label className="flex min-h-8 items-center gap-2 text-sm">
          <input
            type="checkbox"
            checked={onlyOwn}
            onChange={({ target: box }) => setOnlyOwn(box.checked)}
            className="size-4 accent-(--accent)"
          />
          {t('only-own')}
        </label>
        <Button ref={button} type="submit" variant="primary" aria-disabled={Boolean(why)} aria-describedby="why-not">
          {t('review')}
        </Button>
        <span id="why-not" className="w-full text-right text-sm text-muted empty:hidden">
          {why && lockedText(why)}
        </span>
      </div>
    </form>
  );
}
