'use client';

import type { Route } from 'next';
import { useEffect } from 'react';
import { useTranslations } from 'use-intl/react';
import type { useOperation } from '#components/operations/run/use-operation.ts';
import { CacheNotice } from '#components/routes/list/cache-notice.tsx';
import { Button, buttonClass } from '#components/ui/button.tsx';
import { Link } from '#components/ui/link.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import type { Plan } from '#lib/operations/plan/define.ts';
import type { EntryView } from '#lib/operations/receipt/view.ts';
import type { EditorTarget } from '#lib/routes/editor/editor.ts';
import { CopyRequest } from '#components/ui/locked/copy-request.tsx';
import { lockedScope, lockedText, type Locked } from '#components/ui/locked/locked.ts';
import type { RouteField } from '#lib/routes/editor/route-fields.ts';
import type { RouteChange } from './use-route-change.ts';

type Operation = ReturnType<typeof useOperation>;

type TopProps = { why: Locked | null; problems: RouteField[]; change: RouteChange };

/** Above the review: why there is none yet, or for how many another agent answers; afterwards, when it takes effect. */
export function ReviewTop({ why, problems, change: { deciding, operation } }: TopProps) {
  const t = useTranslations('route');
  const { state, undoing } = operation;
  if (!deciding) {
    const at = state.at === 'ended' && isSaved(state.entry) ? state.entry.finishedAt : null;
    return at !== null && !undoing ? <CacheNotice from={at} /> : null;
  }
  const [first] = problems;
  if (first)
    return (
      <p role="status" className="mb-3">
        <button
          type="button"
          className="min-h-6 text-left font-medium text-danger underline"
          onClick={() => goTo(first)}
        >
          {t('needs-fixing', { count: problems.length })}
        </button>
      </p>
    );
  if (why) {
    const scope = lockedScope(why);
    return (
      <div className="space-y-2">
        <p role="status" className="text-muted">
          {lockedText(why)}
        </p>
        {scope ? <CopyRequest scope={scope} /> : null}
      </div>
    );
  }
  const plan = 'plan' in state && state.plan ? state.plan : null;
  const agents = plan && !plan.refusal ? answeredOtherwise(plan) : null;
  return agents && agents.chats + agents.people > 0 ? (
    <p className="mb-3 font-medium">{t('other-agent', agents)}</p>
  ) : null;
}

/** For how many chats and people another agent answers, or nobody does. */
function answeredOtherwise({ changes = [] }: Plan): { chats: number; people: number } {
  const count = (pattern: RegExp) => changes.filter(({ what }) => pattern.test(what)).length;
  return { chats: count(/^answered-chat\b/), people: count(/^answered-(participant|elsewhere)\b/) };
}

function goTo(field: RouteField): void {
  const at = document.getElementById(`row-${field}`) ?? document.getElementById(field);
  const input = at?.querySelector<HTMLElement>('input,select,textarea') ?? at;
  input?.focus();
  at?.scrollIntoView({ block: 'center' });
}

function isSaved({ status }: EntryView): boolean {
  return status === 'done' || status === 'differs';
}

type ExistingProps = {
  existing: { id: string; label: string | null };
  instanceId: string;
  title: string;
  editInstead: (id: string) => void;
};

/** The chat or person of a new route has one already. */
export function ExistingRoute({ existing: { id, label }, instanceId, title, editInstead }: ExistingProps) {
  const t = useTranslations('route');
  return (
    <Notice tone="warn" role="alert" title={title} actions={<WaysOn {...{ id, instanceId, editInstead }} />}>
      {label ? t('exists-called', { label }) : null}
    </Notice>
  );
}

type CreatedProps = { operation: Operation; instanceId: string; isNew: boolean; editInstead: (id: string) => void };

/** A route that was created between the preview and the write: the new preview has it, and the ways on. */
export function MeanwhileCreated({ operation, instanceId, isNew, editInstead }: CreatedProps) {
  const { state, undoing, previewAgain } = operation;
  const lost =
    state.at === 'ended' && isNew && !undoing && state.entry.problem?.code === 'conflict' ? state.entryId : null;
  useEffect(() => {
    if (lost) void previewAgain(lost);
  }, [lost, previewAgain]);
  const refusal = state.at === 'preview' ? state.plan.refusal : undefined;
  const id = refusal?.key.startsWith('route.exists') ? String(refusal.values?.id ?? '') : null;
  return id ? (
    <div className="mt-3 flex flex-wrap gap-2">
      <WaysOn {...{ id, instanceId, editInstead }} />
    </div>
  ) : null;
}

function WaysOn({ id, instanceId, editInstead }: Omit<CreatedProps, 'operation' | 'isNew'> & { id: string }) {
  const t = useTranslations('route');
  return (
    <>
      <Link href={`/routes/${instanceId}/${id}`} className={buttonClass({ size: 'sm' })}>
        {t('open-existing')}
      </Link>
      <Button size="sm" onClick={() => editInstead(id)}>
        {t('change-instead')}
      </Button>
    </>
  );
}

type AfterProps = { operation: Operation; instanceId: string; routeId: string | null; target: EditorTarget | null };

/** Beside the receipt: the route itself, and who answers now. */
export function AfterSave({ operation: { state, undoing }, instanceId, routeId, target }: AfterProps) {
  const t = useTranslations('route');
  const entry = state.at === 'ended' ? state.entry : null;
  const made = entry && !undoing && isSaved(entry) ? createdRoute(entry) : null;
  const own = routeId ? `${instanceId}/${routeId}` : made;
  return (
    <>
      {own ? (
        // Loads the whole page again, so that what was saved is what is edited next.
        <a href={`/routes/${own}`} className={buttonClass({})}>
          {t(routeId ? 'edit-on' : 'open-new')}
        </a>
      ) : null}
      {target ? (
        <Link href={testHref(instanceId, target)} className={buttonClass({})}>
          {t('test')}
        </Link>
      ) : null}
    </>
  );
}

/** Instance and id of the route that an entry created: the subject of the check that read it back. */
function createdRoute({ checks }: EntryView): string | null {
  return checks.flatMap(({ subject }) => /^route:(.+)$/.exec(subject ?? '')?.[1] ?? [])[0] ?? null;
}

function testHref(instanceId: string, { scope, id }: EditorTarget): Route {
  const query = new URLSearchParams({ instance: instanceId, [scope === 'chat' ? 'chat' : 'person']: id });
  return `/routes/test?${query}` as Route;
}
