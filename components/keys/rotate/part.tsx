'use client';

import { Circle, CircleCheck, CircleDot, CircleSlash } from 'lucide-react';
import { useId, useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { Field, inputClass } from '#components/form/field.tsx';
import type { ButtonLook } from '#components/ui/button.tsx';
import { GuardedButton } from '#components/ui/guarded-button.tsx';
import type { Locked } from '#components/ui/state/locked.ts';
import { ProblemNotice } from '#components/ui/state/problem-notice.tsx';
import type { ActionFailure, ActionResult } from '#lib/actions/action-result.ts';
import type { RotationProgress } from '#lib/keys/rotate/rotation-progress.ts';

/** A part of a rotation: behind it, the one somebody works in, still ahead, or never reached. */
export type PartState = 'done' | 'current' | 'open' | 'over';

const ICONS = { done: CircleCheck, current: CircleDot, open: Circle, over: CircleSlash };
const INKS = { done: 'text-good', current: 'text-accent-text', open: 'text-muted', over: 'text-muted' };

type PartProps = {
  name: 'new-key' | 'switch' | 'old-key-expires';
  state: PartState;
  /** The key it is about, on the same line. */
  aside?: ReactNode;
  children?: ReactNode;
};

/** One of the three parts of a rotation: its line, and what there is to see and do in it. */
export function Part({ name, state, aside, children }: PartProps) {
  const t = useTranslations('rotation');
  const id = useId();
  const Icon = ICONS[state];
  return (
    <li aria-current={state === 'current' ? 'step' : undefined} className="rounded border bg-surface">
      <section aria-labelledby={id}>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5">
          <Icon aria-hidden className={`size-4 shrink-0 ${INKS[state]}`} />
          <h2 id={id} className={state === 'open' || state === 'over' ? 'text-muted' : ''}>
            {t(`stages.${name}`)}
          </h2>
          <span className="sr-only">{t(`stage-${state}`)}</span>
          {aside ? <span className="min-w-0 text-sm text-muted">{aside}</span> : null}
        </div>
        {children ? <div className="space-y-4 border-t p-4 empty:hidden">{children}</div> : null}
      </section>
    </li>
  );
}

/** What every part of a rotation in progress is given. */
export type PartsProps = {
  progress: RotationProgress;
  zone: string;
  /** Why nothing can be changed here. */
  locked: Locked | undefined;
  nowByOmni: () => number;
  changed: () => Promise<void>;
};

type SmallActionProps = ButtonLook & {
  act: () => Promise<ActionResult>;
  changed: () => Promise<void>;
  reason: Locked | undefined;
  children: ReactNode;
};

/** A small action of a rotation: what fails is said beside its button, until it is tried again. */
export function SmallAction({ act, changed, reason, children, ...look }: SmallActionProps) {
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
          const answer = await act();
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

type SelectProps<T extends string> = {
  label: string;
  value: T;
  options: readonly { value: T; text: string }[];
  choose: (value: T) => void;
};

/** One of a few choices of a rotation. */
export function PartSelect<T extends string>({ label, value, options, choose }: SelectProps<T>) {
  const id = useId();
  return (
    <Field id={id} label={label}>
      <select id={id} value={value} onChange={(event) => choose(event.target.value as T)} className={inputClass}>
        {options.map((one) => (
          <option key={one.value} value={one.value}>
            {one.text}
          </option>
        ))}
      </select>
    </Field>
  );
}
