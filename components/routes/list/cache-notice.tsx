'use client';

import { useEffect, useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { useServerClock } from '#components/ui/state/use-server-clock.ts';
import { Notices } from '#components/ui/state/notices.tsx';

/** How long Omni remembers which route decides, and whom access rules keep out, in milliseconds (contract §1.9, access contract §6.4). */
export const ROUTES_CACHED_MS = 30_000;
export const RULES_CACHED_MS = 300_000;

/**
 * Within how long a change takes effect, as its sentence takes it: in seconds below a minute and a half, else in minutes. Null once
 * it does, or where nothing was changed. `from`: when, in milliseconds since 1970.
 */
export function useTakesEffect(from: number | null, lifeMs: number): { unit: 's' | 'min'; count: number } | null {
  const clock = useServerClock();
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (from === null) return undefined;
    const tick = () => setLeft(Math.min(lifeMs, Math.max(0, from + lifeMs - clock())));
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [from, lifeMs, clock]);
  if (from === null || left === 0) return null;
  return left <= 90_000
    ? { unit: 's', count: Math.ceil(left / 1000) }
    : { unit: 'min', count: Math.ceil(left / 60_000) };
}

/** Within how long a change of routes takes effect. `from`: when it was made, in milliseconds since 1970. Disappears by itself. */
export function CacheNotice({ from, actions }: { from: number; actions?: ReactNode }) {
  const t = useTranslations('routes-changed');
  const left = useTakesEffect(from, ROUTES_CACHED_MS);
  if (left === null) return null;
  return <Notices all={[{ id: 'cache', tone: 'info', text: t('cache', left), action: actions }]} />;
}
