'use client';

import { createContext, use, useEffect, useRef } from 'react';
import { useFormatter, useTranslations } from 'use-intl/react';
import type { KeyWeek } from '#lib/keys/requests/week.ts';

const HEIGHT = 16;

/** Called with the key of a cell that comes into sight: while the column is hidden, nothing is asked. */
export const WeekWanted = createContext<(id: string) => void>(() => {});

/** A key's requests in the last seven days, by day; undefined while they are asked for. Needs `key-week`. */
export function WeekCell({ id, week }: { id: string; week: KeyWeek | 'failed' | undefined }) {
  const t = useTranslations('key-week');
  const format = useFormatter();
  const want = use(WeekWanted);
  const late = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (!late.current) return;
    const sight = new IntersectionObserver((all) => all.some(({ isIntersecting }) => isIntersecting) && want(id));
    sight.observe(late.current);
    return () => sight.disconnect();
  }, [id, want]);
  if (week === undefined) return <span ref={late} className="skeleton late-cell" />;
  if (week === 'failed') return <span className="unknown rounded-sm px-1 text-muted">{t('failed')}</span>;
  const { total, days } = week;
  if (total === 0) return <span className="text-muted">0</span>;
  const most = Math.max(...days, 1);
  return (
    <span className="inline-flex items-center gap-2" title={days.map((count) => format.number(count)).join(' · ')}>
      <svg aria-hidden viewBox={`0 0 ${days.length * 5} ${HEIGHT}`} className="h-4 w-9 shrink-0">
        {days.map((count, index) => {
          const height = count === 0 ? 1 : Math.max(2, (count / most) * HEIGHT);
          const ink = count === 0 ? 'fill-edge' : 'fill-accent';
          return <rect key={index} x={index * 5} y={HEIGHT - height} width="4" height={height} className={ink} />;
        })}
      </svg>
      {format.number(total)}
    </span>
  );
}
