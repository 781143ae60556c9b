'use client';

import { CircleCheck } from 'lucide-react';
import { useId, useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { callAction } from '#components/shell/calls/call-action.ts';
import type { ButtonLook } from '#components/ui/button.tsx';
import { GuardedButton } from '#components/ui/guarded-button.tsx';
import type { Locked } from '#components/ui/locked/locked.ts';
import { ProblemNotice } from '#components/ui/state/problem-notice.tsx';
import type { ActionFailure } from '#lib/actions/action-result.ts';
import type { ServerAction } from '#lib/actions/server-action.ts';
import type { RotationProgress } from '#lib/keys/rotate/rotation-progress.ts';

/** A part of a rotation: behind it, the one somebody works in, still ahead, or never reached. */
export type PartState = 'done' | 'current' | 'open' | 'over';

const PARTS = ['new-key', 'switch', 'old-key-expires'] as const;

/** The three parts of a rotation, one under the other. */
export function Parts({ children }: { children: ReactNode }) {
  const t = useTranslations('rotation');
  return (
    <ol aria-label={t('parts')} className="divide-y border-y">
      {children}
    </ol>
  );
}

type PartProps = {
  name: (typeof PARTS)[number];
  state: PartState;
  /** How it stands, on its line. */
  aside?: ReactNode;
  children?: ReactNode;
};

/** One of the three parts of a rotation: its line, and what there is to see and do in it. */
export function Part({ name, state, aside, children }: PartProps) {
  const t = useTranslations('rotation');
  const id = useId();
  const ink = state === 'current' ? '' : 'text-muted';
  return (
    <li aria-current={state === 'current' ? 'step' : undefined}>
      <section
        aria-labelledby={id}
        className="grid grid-cols-[minmax(0,1fr)] gap-x-6 gap-y-2 py-4 lg:grid-cols-[12rem_minmax(0,1fr)]"
      >
        <div className="flex min-h-6 items-center gap-2 self-start">
          <span aria-hidden className={`w-4 shrink-0 text-center font-medium tabular-nums ${ink}`}>
            {state === 'done' ? <CircleCheck className="size-4 text-good" /> : PARTS.indexOf(name) + 1}
          </span>
          <h2 id={id} className={ink}>
            {t(`stages.${name}`)}
          </h2>
          <span className="sr-only">{t(`stage-${state}`)}</span>
        </div>
        <div className="min-w-0 space-y-3">
          {aside ? <div className="flex min-h-6 min-w-0 flex-wrap items-center gap-x-3">{aside}</div> : null}
          {children}
        </div>
      </section>
    </li>
  );
}

/** The actions of a rotation in progress that are no operations. */
export type RotationActions = {
  acknowledge: ServerAction<{ id: string }>;
  setQuietMinutes: ServerAction<{ id: string; minutes: number }>;
  close: ServerAction<{ id: string; as: 'kept-both' | 'given-up' }>;
  /** Records what can't change any more, as reading records nothing. */
  reconcile: ServerAction<{ id: string }>;
};

/** What every part of a rotation in progress is given. */
export type PartsProps = {
  progress: RotationProgress;
  zone: string;
  /** Why nothing can be changed here. */
  locked: Locked | undefined;
  actions: RotationActions;
  nowByOmni: () => number;
  changed: () => Promise<void>;
};

type SmallActionProps<I> = ButtonLook & {
  action: ServerAction<I>;
  input: I;
  changed: () => Promise<void>;
  reason: Locked | undefined;
  children: ReactNode;
};

/** A small action of a rotation: what fails is said beside its button, until it is tried again. */
export function SmallAction<I>({ action, input, changed, reason, children, ...look }: SmallActionProps<I>) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  return (
    <div className="space-y-2">
      <GuardedButton
        {...look}
        reason={reason}
        disabled={busy}
        onClick={async () => {
          setBusy(true);
          const answer = await callAction(action, input);
          setFailure(answer.ok ? null : answer);
          if (answer.ok) await changed();
          setBusy(false);
        }}
      >
        {children}
      </GuardedButton>
      {failure ? <ProblemNotice failure={failure} /> : null}
    </div>
  );
}
