'use client';

import { CircleAlert, UserRoundPen } from 'lucide-react';
import { Link } from '#components/ui/link.tsx';
import { useEffect, useId, useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { Button, buttonClass } from '#components/ui/button.tsx';
import { keptPages } from '#components/shell/calls/kept-pages.ts';
import { ListState } from '#components/ui/state/list-state.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import { Reload, RequestOf } from '#components/ui/state/problem-notice.tsx';
import { SkeletonLines } from '#components/ui/state/skeleton.tsx';
import type { StepState } from '#lib/operations/journal/entry.ts';
import type { EntryView } from '#lib/operations/receipt/view.ts';
import { ConfirmRun } from '#components/operations/plan/confirm-run.tsx';
import { FollowFocus } from './follow-focus.tsx';
import { PlanView } from '#components/operations/plan/plan-view.tsx';
import { ReceiptView } from '#components/operations/receipt/receipt-view.tsx';
import { OpenButton, ResumeButton, UndoButton } from '#components/operations/receipt/entry-buttons.tsx';
import { useReceiptAddress } from '#components/operations/receipt/use-receipt-address.ts';
import { StepsView } from './steps-view.tsx';
import { useTexts } from '#components/operations/receipt/text-of.ts';
import type { useOperation } from './use-operation.ts';

type Props = {
  operation: ReturnType<typeof useOperation>;
  runLabel: string;
  /** What to offer beside the receipt once it is done. */
  afterwards?: ReactNode;
  /** The page is there for this change only: loaded again, it is the entry's page. */
  addressed?: boolean;
  /** On a phone the button stands in a bar at the bottom of the window. */
  bar?: boolean;
};

function count({ steps }: EntryView, ...states: StepState[]): number {
  return steps.filter(({ state }) => states.includes(state)).length;
}

/** What it was to do no longer fits Omni's data: only a new preview helps. */
export function outdated({ continuable, problem }: EntryView): boolean {
  return continuable && (problem?.code === 'changed_meanwhile' || problem?.code === 'stuck');
}

/** A change from preview to receipt: every wizard ends in this. The focus follows it. */
export function OperationPanel(props: Props) {
  const t = useTranslations('operations');
  const { state } = props.operation;
  const shown = state.at !== 'idle';
  useEffect(() => (shown ? keptPages.hold() : undefined), [shown]);
  useReceiptAddress(props.addressed && (state.at === 'running' || state.at === 'ended') ? state.entryId : null);
  const label = props.operation.undoing ? t('undo-run') : props.runLabel;
  return (
    <FollowFocus stage={state.at} label={label}>
      <Stage {...props} runLabel={label} />
    </FollowFocus>
  );
}

function Stage({ operation, runLabel, afterwards, bar }: Props) {
  const t = useTranslations('operations');
  const { title, help } = useTexts();
  const { state } = operation;
  switch (state.at) {
    case 'idle':
      return null;
    case 'previewing':
    case 'preview':
    case 'starting':
      if (!state.plan) return <SkeletonLines label={t('endings.checking.title')} />;
      return (
        <div className="space-y-4" aria-busy={state.at !== 'preview'}>
          <PlanView plan={state.plan} action={runLabel} stale={state.at === 'preview' ? state.stale : null} />
          {state.plan.refusal ? null : (
            <ConfirmRun
              plan={state.plan}
              label={runLabel}
              busy={state.at === 'preview' ? null : state.at === 'starting' ? 'starting' : 'previewing'}
              bar={bar}
              run={() => (state.at === 'preview' ? void operation.run(state.token, state.plan) : undefined)}
            />
          )}
        </div>
      );
    case 'running':
      return <Running operation={operation} state={state} />;
    case 'ended':
      return (
        <ReceiptView
          entry={state.entry}
          actions={
            <>
              <ResumeButton entry={state.entry} resume={() => void operation.resume(state.entryId)} />
              {outdated(state.entry) ? (
                <Button variant="primary" onClick={() => operation.previewAgain(state.entryId)}>
                  {t('preview-again')}
                </Button>
              ) : null}
              <UndoButton entry={state.entry} undo={() => void operation.previewUndo(state.entryId)} />
              <OpenButton entry={state.entry} />
              <Link href={`/activity/${state.entryId}`} className={buttonClass({ variant: 'ghost' })}>
                {t('details')}
              </Link>
              {afterwards}
            </>
          }
        />
      );
    case 'busy':
      return (
        <ListState
          icon={UserRoundPen}
          role="alert"
          outcome
          title={t('busy', { who: state.who })}
          actions={
            <Link href={`/activity/${state.entryId}`} className={buttonClass({})}>
              {t('see-entry')}
            </Link>
          }
        >
          {t('busy-help')}
        </ListState>
      );
    case 'problem':
      return (
        <ListState
          icon={CircleAlert}
          role="alert"
          outcome
          title={title(state.problem)}
          actions={
            state.problem.code === 'new_version' ? (
              <Reload />
            ) : (
              <>
                {state.problem.code === 'forbidden' ? null : <Button onClick={operation.again}>{t('again')}</Button>}
                <RequestOf failure={state.problem} />
              </>
            )
          }
        >
          {help(state.problem)}
        </ListState>
      );
  }
}

function Running({
  operation,
  state,
}: {
  operation: Props['operation'];
  state: Extract<Props['operation']['state'], { at: 'running' }>;
}) {
  const t = useTranslations('operations');
  const hint = useId();
  const [stopping, setStopping] = useState<boolean | 'failed'>(false);
  return (
    <div className="space-y-4" aria-busy>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p role="status" tabIndex={-1} data-outcome className="font-medium">
          {stopping === true ? t('stopping') : t('running')}
        </p>
        <Button
          size="sm"
          aria-disabled={stopping === true}
          aria-describedby={hint}
          onClick={() => {
            if (stopping) return;
            setStopping(true);
            void operation.stop(state.entryId).then((asked) => setStopping(asked || 'failed'));
          }}
        >
          {t('stop')}
        </Button>
      </div>
      {stopping === 'failed' ? (
        <Notice tone="danger" role="alert">
          {t('stop-failed')}
        </Notice>
      ) : null}
      {state.away ? <Notice tone="warn">{t(`away.${state.away}`)}</Notice> : null}
      {state.entry ? <Progress entry={state.entry} /> : null}
      {state.entry ? <StepsView entry={state.entry} /> : <SkeletonLines label={t('starting')} />}
      <p className="text-sm text-muted">
        <span id={hint}>{t('stop-hint')}</span> {t('leave-hint')}
      </p>
    </div>
  );
}

/** How far a run is: a bar, and the step it is at. */
function Progress({ entry }: { entry: EntryView }) {
  const t = useTranslations('operations');
  const { say } = useTexts();
  const id = useId();
  const { steps } = entry;
  const done = steps.length - count(entry, 'planned', 'intended');
  const at = steps.find(({ state }) => state === 'intended') ?? steps.find(({ state }) => state === 'planned');
  return (
    <div className="space-y-1">
      <p id={id} className="flex flex-wrap justify-between gap-x-3 text-sm text-muted">
        <span>{at ? say(at.title) : ''}</span>
        <span>{t('progress', { done, total: steps.length })}</span>
      </p>
      <progress aria-labelledby={id} value={done} max={steps.length} className="h-2 w-full accent-(--accent)" />
    </div>
  );
}
