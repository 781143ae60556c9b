import type { ReactNode } from 'react';

const TONES = {
  plain: 'bg-inset text-muted',
  accent: 'bg-accent-soft text-accent-text',
  good: 'bg-good-soft text-good',
  warn: 'bg-warn-soft text-warn',
  danger: 'bg-danger-soft text-danger',
  info: 'bg-info-soft text-info',
  kept: 'bg-kept-soft text-kept',
  removed: 'bg-removed-soft text-removed',
  unknown: 'unknown text-muted',
} as const;

export type Tone = keyof typeof TONES;

/** A short word in a coloured box; the colour never carries the meaning alone. */
export function Badge({ tone = 'plain', icon, children }: { tone?: Tone; icon?: ReactNode; children: ReactNode }) {
  return (
    <span className={`badge ${TONES[tone]}`}>
      {icon}
      <span className="min-w-0">{children}</span>
    </span>
  );
}
