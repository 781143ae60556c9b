'use client';

import { Circle, CircleCheck, CircleDot, CircleSlash } from 'lucide-react';
import { useTranslations } from 'use-intl/react';
import type { RotationState } from '#lib/keys/rotate/rotation-state.ts';

const STAGES = ['new-key', 'switch', 'old-key-expires'] as const;

/** How many stages a rotation has behind it in each state. */
const REACHED: Record<RotationState, number> = {
  'not-created': 0,
  creating: 0,
  stopped: 0,
  unfindable: 0,
  unstored: 0,
  stored: 1,
  overlap: 1,
  expired: 2,
  done: 3,
  cancelled: 1,
  broken: 1,
  unknown: 1,
};
const ABANDONED: readonly RotationState[] = ['not-created', 'cancelled', 'broken'];

type Props = { state: RotationState; closedAs: string | null; quiet: boolean | null };

/** The three stages of a rotation, and the current one. */
export function RotationStages({ state, closedAs, quiet }: Props) {
  const t = useTranslations('rotation');
  const reached = state === 'overlap' && quiet === true ? 2 : REACHED[state];
  const over = ABANDONED.includes(state) || (closedAs !== null && state !== 'done');
  return (
    <ol className="grid gap-2 sm:grid-cols-3">
      {STAGES.map((stage, index) => {
        const done = index < reached;
        const current = index === reached && !over;
        const Icon = done ? CircleCheck : current ? CircleDot : over ? CircleSlash : Circle;
        return (
          <li
            key={stage}
            aria-current={current ? 'step' : undefined}
            className={`flex items-center gap-2 rounded border px-3 py-2 ${current ? 'border-accent bg-accent-soft' : 'bg-surface'}`}
          >
            <Icon
              aria-hidden
              className={`size-4 shrink-0 ${done ? 'text-good' : current ? 'text-accent-text' : 'text-muted'}`}
            />
            <span className={done || current ? '' : 'text-muted'}>{t(`stages.${stage}`)}</span>
            <span className="sr-only">{t(done ? 'stage-done' : current ? 'stage-current' : 'stage-open')}</span>
          </li>
        );
      })}
    </ol>
  );
}
