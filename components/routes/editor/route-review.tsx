'use client';

import { ArrowLeft } from 'lucide-react';
import type { Route } from 'next';
import { Link } from '#components/ui/link.tsx';
import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import { OperationPanel } from '#components/operations/run/operation-panel.tsx';
import type { useOperation } from '#components/operations/run/use-operation.ts';
import { Button, buttonClass } from '#components/ui/button.tsx';
import type { Json, Text } from '#lib/operations/plan/define.ts';
import type { EditorTarget } from '#lib/routes/editor/editor.ts';
import type { RouteFields } from '#lib/routes/editor/route-fields.ts';
import type { RunSavedTests } from '#components/routes/tests/saved-test-actions.ts';
import { SavedTestsAfter } from '#components/routes/tests/saved-tests-after.tsx';
import { CacheNotice } from '#components/routes/list/cache-notice.tsx';
import { ChangedMeanwhile } from './changed-meanwhile.tsx';
import { useCarryDraft, type RouteDraft } from './use-route-draft.ts';

type Props = {
  operation: ReturnType<typeof useOperation>;
  instanceId: string;
  draft: RouteDraft;
  /** None for a new route. */
  routeId: string | null;
  target: EditorTarget | null;
  back: () => void;
  /** Continues from what somebody else saved. */
  continueWith: (base: RouteFields, fields: RouteFields, since: string) => void;
  savedTests: { count: number; run: RunSavedTests };
};

type Now = { updatedAt: string; fields: RouteFields };

/** What saving changes, and then what it changed; also the ways on when a route exists already or was saved meanwhile. */
export function RouteReview({ operation, instanceId, draft, routeId, target, back, continueWith, savedTests }: Props) {
  const t = useTranslations('route');
  const router = useRouter();
  const { state, began, undoing } = operation;
  const box = useRef<HTMLElement>(null);
  const carryDraft = useCarryDraft();
  useEffect(() => box.current?.focus(), []);
  const refusal = state.at === 'preview' ? state.plan.refusal : undefined;
  const now = state.at === 'preview' && refusal?.key === 'route.changed-meanwhile' ? theirs(refusal) : null;
  const existing = refusal?.key.startsWith('route.exists') ? String(refusal.values?.id ?? '') : null;
  const ended = state.at === 'ended' && (state.entry.status === 'done' || state.entry.status === 'differs');
  // A route that was created in between: the new preview has it, and the ways on.
  const createdMeanwhile =
    state.at === 'ended' && routeId === null && !undoing && state.entry.problem?.code === 'conflict'
      ? state.entryId
      : null;
  const { previewAgain } = operation;
  useEffect(() => {
    if (createdMeanwhile) void previewAgain(createdMeanwhile);
  }, [createdMeanwhile, previewAgain]);
  const made = ended ? state.entry.finishedAt : null;

  function changeInstead(id: string) {
    carryDraft(id, draft.fields);
    draft.forget();
    router.push(`/routes/${instanceId}/${id}` as Route);
  }

  return (
    <section
      ref={box}
      tabIndex={-1}
      aria-labelledby="review-title"
      className="rounded border bg-surface p-4 outline-none"
    >
      <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
        <h2 id="review-title">{t(ended ? 'what-happened' : 'what-happens')}</h2>
        {began && state.at !== 'problem' && state.at !== 'preview' ? null : (
          <Button size="sm" variant="ghost" onClick={back}>
            <ArrowLeft aria-hidden className="size-4" />
            {t('back-to-editing')}
          </Button>
        )}
      </div>
      {made && !undoing ? <CacheNotice from={made} /> : null}
      {now ? (
        <ChangedMeanwhile
          draft={draft}
          theirs={now.fields}
          continueWith={(fields) => continueWith(now.fields, fields, now.updatedAt)}
        />
      ) : (
        <OperationPanel
          addressed
          operation={operation}
          runLabel={routeId === null ? t('create') : t('save', { count: draft.changes.length })}
          afterwards={
            <>
              {routeId === null ? null : (
                // Loads the whole page again, so that what was saved is what is edited next.
                <a href={`/routes/${instanceId}/${routeId}`} className={buttonClass({})}>
                  {t('edit-on')}
                </a>
              )}
              {target ? (
                <Link href={testHref(instanceId, target)} className={buttonClass({})}>
                  {t('test')}
                </Link>
              ) : null}
            </>
          }
        />
      )}
      {ended && !undoing ? <SavedTestsAfter instanceId={instanceId} {...savedTests} /> : null}
      {existing ? (
        <div className="mt-3 flex flex-wrap gap-2">
          <Link href={`/routes/${instanceId}/${existing}`} className={buttonClass({})}>
            {t('open-existing')}
          </Link>
          <Button onClick={() => changeInstead(existing)}>{t('change-instead')}</Button>
        </div>
      ) : null}
    </section>
  );
}

function testHref(instanceId: string, { scope, id }: EditorTarget): Route {
  const query = new URLSearchParams({ instance: instanceId, [scope === 'chat' ? 'chat' : 'person']: id });
  return `/routes/test?${query}` as Route;
}

function theirs({ data }: Text): Now | null {
  const { updatedAt, fields } = data ?? {};
  return typeof updatedAt === 'string' && isFields(fields) ? { updatedAt, fields } : null;
}

function isFields(fields: Json | undefined): fields is RouteFields {
  return typeof fields === 'object' && fields !== null && 'agentId' in fields;
}
