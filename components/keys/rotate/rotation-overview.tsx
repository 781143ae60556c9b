'use client';

import { CircleAlert, CircleCheck, CircleHelp } from 'lucide-react';
import { useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl/react';
import { readPageAgain } from '#components/shell/calls/page-reading.ts';
import { useTexts } from '#components/operations/receipt/text-of.ts';
import { callAction } from '#components/shell/calls/call-action.ts';
import { ProblemNotice } from '#components/ui/state/problem-notice.tsx';
import type { ActionFailure, ActionResult } from '#lib/actions/action-result.ts';
import type { ServerAction } from '#lib/actions/server-action.ts';
import { CopyId } from '#components/ui/copy-id.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import type { RotationProgress } from '#lib/keys/rotate/rotation-progress.ts';
import { notSeenValues } from '#lib/omni/seen.ts';
import { CancelRotation } from './rotation-cancel.tsx';
import { RotationIntegrations } from './rotation-integrations.tsx';
import { RotationNext } from './rotation-next.tsx';
import type { RotationActions, RotationCalls } from './rotation-props.ts';
import { RotationStages } from './rotation-stages.tsx';
import { QuietField } from './rotate-fields.tsx';
import { useRotationProgress } from './use-rotation-progress.ts';
import type { Locked } from '#components/ui/state/locked.ts';

type Props = {
  first: RotationProgress;
  others: string[];
  zone: string;
  /** Why nothing can be changed here. */
  locked: Locked | undefined;
  actions: RotationActions;
};

/** Where a rotation stands, the integrations on both keys, and the next step. Can be left and opened again at any time. */
export function RotationOverview({ first, others, zone, locked, actions }: Props) {
  const t = useTranslations('rotation');
  const [failure, setFailure] = useState<ActionFailure>();
  const send = async <I, T>(action: ServerAction<I, T>, input: I): Promise<ActionResult<T>> => {
    const answer = await callAction(action, input);
    setFailure(answer.ok ? undefined : answer);
    return answer;
  };
  const calls: RotationCalls = {
    acknowledge: (input) => send(actions.acknowledge, input),
    setQuietMinutes: (input) => send(actions.setQuietMinutes, input),
    close: (input) => send(actions.close, input),
    reconcile: (input) => send(actions.reconcile, input),
  };
  const { progress, stale, over, refresh, nowByOmni } = useRotationProgress(first, actions.reconcile);
  const { row, state } = progress;
  const changed = async () => {
    await refresh();
    readPageAgain();
  };
  const step = { progress, zone, locked, nowByOmni, calls, changed };
  return (
    <div className="space-y-4">
      {stale ? (
        <Notice tone="warn" role="status">
          {t('stale')}
        </Notice>
      ) : null}
      {others.length > 0 && !over ? (
        <Notice tone="warn" title={t('others', { count: others.length })}>
          {t('others-help', { names: others.join(', ') })}
        </Notice>
      ) : null}
      <RotationStages state={state} closedAs={row.closedAs} quiet={progress.quiet} />
      <section aria-labelledby="next-title" className="rounded border bg-surface p-4">
        <h2 id="next-title" className="mb-3">
          {t(over ? 'outcome' : 'next')}
        </h2>
        <RotationNext {...step} />
        {failure ? (
          <div className="mt-4">
            <ProblemNotice failure={failure} />
          </div>
        ) : null}
      </section>
      <BothKeys progress={progress} zone={zone} />
      {row.newKeyId === null ? null : (
        <div className="grid items-start gap-4 lg:grid-cols-2">
          <RotationIntegrations progress={progress} side="old">
            {over || locked ? null : <QuietMinutes progress={progress} act={calls.setQuietMinutes} changed={refresh} />}
          </RotationIntegrations>
          <RotationIntegrations progress={progress} side="new" />
        </div>
      )}
      {over || row.newKeyId === null ? null : <CancelRotation {...step} />}
    </div>
  );
}

type QuietMinutesProps = {
  progress: RotationProgress;
  act: RotationCalls['setQuietMinutes'];
  changed: () => Promise<void>;
};

function QuietMinutes({ progress: { row }, act, changed }: QuietMinutesProps) {
  const [minutes, setMinutes] = useState(row.quietMinutes);
  async function choose(wanted: number) {
    setMinutes(wanted);
    if (!(await act({ id: row.id, minutes: wanted })).ok) setMinutes(row.quietMinutes);
    await changed();
  }
  return <QuietField value={minutes} choose={(wanted) => void choose(wanted)} />;
}

/** Both keys, side by side, and when each expires. */
function BothKeys({ progress, zone }: { progress: RotationProgress; zone: string }) {
  const t = useTranslations('rotation');
  const tSeen = useTranslations('seen');
  const format = useFormatter();
  const { row, old, fresh } = progress;
  const expiry = (seen: RotationProgress['old']) => {
    if (seen.is !== 'value') return tSeen('sentence', { ...notSeenValues(seen), what: tSeen('parts.key') });
    const key = seen.value;
    if (key.is === 'gone') return t('key-gone');
    if (key.is === 'revoked') return t('key-revoked');
    if (key.expiresAt === null) return t('never-expires');
    const time = format.dateTime(key.expiresAt, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone });
    return t(key.expiresAt <= progress.now ? 'expired-at' : 'expires-at', { time });
  };
  const sides = [
    { side: 'old', id: row.oldKeyId, prefix: row.oldPrefix, key: old },
    { side: 'new', id: row.newKeyId, prefix: row.newPrefix, key: fresh },
  ] as const;
  return (
    <dl className="grid gap-4 sm:grid-cols-2">
      {sides.map(({ side, id, prefix, key }) =>
        id === null || key === null ? null : (
          <div key={side} className={`rounded border p-3 ${side === 'old' ? 'bg-removed-soft' : 'bg-kept-soft'}`}>
            <dt className={`text-xs font-semibold ${side === 'old' ? 'text-removed' : 'text-kept'}`}>
              {t(side === 'old' ? 'old-key' : 'new-key')}
            </dt>
            <dd>
              <span className="font-mono">{`omni_sk_${prefix ?? ''}…`}</span> <CopyId value={id} label={t('id')} />
              <p>{expiry(key)}</p>
              {side === 'new' ? <NewKeyChecks checks={progress.checks} /> : null}
            </dd>
          </div>
        ),
      )}
    </dl>
  );
}

/** What was checked when the new key was created. */
function NewKeyChecks({ checks }: { checks: RotationProgress['checks'] }) {
  const t = useTranslations('rotation');
  const { say } = useTexts();
  if (checks.length === 0) return null;
  return (
    <details className="mt-2 text-sm">
      <summary className="min-h-target">
        {t(checks.every(({ held }) => held === true) ? 'proved' : 'proved-partly')}
      </summary>
      <ul className="mt-1 space-y-1">
        {checks.map(({ text, held }) => (
          <li key={text.key} className="flex gap-2">
            {held === null ? (
              <CircleHelp aria-label={t('held-unknown')} className="mt-0.5 size-4 shrink-0 text-muted" />
            ) : held ? (
              <CircleCheck aria-label={t('held-yes')} className="mt-0.5 size-4 shrink-0 text-good" />
            ) : (
              <CircleAlert aria-label={t('held-no')} className="mt-0.5 size-4 shrink-0 text-danger" />
            )}
            <span>{say(text)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
