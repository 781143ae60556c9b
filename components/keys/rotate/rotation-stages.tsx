'use client';

import { Circle, CircleCheck, CircleDot, CircleSlash } from 'lucide-react';
import { useTranslations } from 'use-intl/react';
import type { RotationState } from '#lib/keys/rotate/rotation-state.ts';

const STAGES = ['made', 'stored', 'overlap', 'ended'] as const;

/** How many stages are behind a rotation in each state. */
const REACHED: Record<RotationState, number> = {
  'not-made': 0,
  minting: 0,
  stopped: 0,
  unfindable: 0,
  unstored: 1,
  stored: 2,
  overlap: 2,
  expired: 3,
  done: 4,
  cancelled: 1,
  broken: 1,
  unknown: 1,
};
const ABANDONED: readonly RotationState[] = ['not-made', 'cancelled', 'broken'];

type Props = { state: RotationState; closedAs: string | null; silent: boolean | null };

/** The four stages of a rotation, and which of them one is at. */
export function RotationStages({ state, closedAs, silent }: Props) {
  const t = useTranslations('rotation');
  const reached = state === 'overlap' && silent === true ? 3 : REACHED[state];
  const over = ABANDONED.includes(state) || (closedAs !== null && state !== 'done');
  return (
    <ol className="grid gap-2 sm:grid-cols-4">
      {STAGES.map((stage, index) => {
        const done = index < reached;
        const here = index === reached && !over;
        const Icon = done ? CircleCheck : here ? CircleDot : over ? CircleSlash : Circle;
        return (
          <li
            key={stage}
            aria-current={here ? 'step' : undefined}
            className={`flex items-center gap-2 rounded border px-3 py-2 ${here ? 'border-accent bg-accent-soft' : 'bg-surface'}`}
          >
            <Icon
              aria-hidden
              className={`size-4 shrink-0 ${done ? 'text-good' : here ? 'text-accent-text' : 'text-muted'}`}
            />
            <span className={done || here ? '' : 'text-muted'}>{t(`stages.${stage}`)}</span>
            <span className="sr-only">{t(done ? 'stage-done' : here ? 'stage-here' : 'stage-open')}</span>
          </li>
        );
      })}
    </ol>
  );
}
