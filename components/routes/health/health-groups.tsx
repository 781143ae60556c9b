'use client';

import { useTranslations } from 'use-intl/react';
import { gravityOf, REASONS, type HealthReason } from '#lib/routes/health/health.ts';
import { REASON_LOOKS } from './reason-looks.ts';

type Props = {
  counts: ReadonlyMap<HealthReason, number>;
  total: number;
  /** Not all routes are here yet: there may be more of each. */
  partly: boolean;
  reasons: readonly HealthReason[];
  choose: (reasons: HealthReason[]) => void;
};

/** The findings in groups, gravest first, each with how many routes have it; one of them narrows the list. */
export function HealthGroups({ counts, total, partly, reasons, choose }: Props) {
  const t = useTranslations('routes-health');
  const groups = REASONS.filter((each) => counts.has(each) || reasons.includes(each));
  if (groups.length === 0) return null;
  return (
    <ul aria-label={t('reason')} className="flex min-w-0 gap-1 overflow-x-auto rows:flex-wrap cards:basis-full">
      <Group pressed={reasons.length === 0} name={t('all')} count={total} partly={partly} press={() => choose([])} />
      {groups.map((each) => (
        <Group
          key={each}
          pressed={reasons.includes(each)}
          look={REASON_LOOKS[gravityOf(each)]}
          name={t(`reasons.${each}.short`)}
          count={counts.get(each) ?? 0}
          partly={partly}
          press={() => choose([each])}
        />
      ))}
    </ul>
  );
}

type GroupProps = {
  pressed: boolean;
  look?: (typeof REASON_LOOKS)[keyof typeof REASON_LOOKS];
  name: string;
  count: number;
  partly: boolean;
  press: () => void;
};

function Group({ pressed, look, name, count, partly, press }: GroupProps) {
  const Icon = look?.icon;
  return (
    <li className="flex-none">
      <button
        type="button"
        aria-pressed={pressed}
        onClick={press}
        className="flex h-7 items-center gap-1.5 rounded border px-2 text-xs hover:bg-hover aria-pressed:border-accent aria-pressed:bg-accent-soft pointer-coarse:h-10"
      >
        {Icon ? <Icon aria-hidden className={`size-3.5 ${look.ink}`} /> : null}
        {name} <span className="text-muted tabular-nums">{partly ? `${count}+` : count}</span>
      </button>
    </li>
  );
}
