'use client';

import { useEffect, useState } from 'react';

/** How long Omni remembers which route decides, and whom access rules keep out, in milliseconds (contract §1.9, access contract §6.4). */
export const ROUTES_CACHED_MS = 30_000;
export const RULES_CACHED_MS = 300_000;

/**
 * Within how long a change takes effect, as its sentence takes it: in seconds below a minute and a half, else in minutes. Null once
 * it does, or where nothing was changed. `from`: when, in milliseconds since 1970.
 */
export function useTakesEffect(from: number | null, lifeMs: number): { unit: 's' | 'min'; count: number } | null {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (from === null) return undefined;
    const tick = () => setLeft(Math.min(lifeMs, Math.max(0, from + lifeMs - Date.now())));
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [from, lifeMs]);
  if (from === null || left === 0) return null;
  return left <= 90_000
    ? { unit: 's', count: Math.ceil(left / 1000) }
    : { unit: 'min', count: Math.ceil(left / 60_000) };
}
