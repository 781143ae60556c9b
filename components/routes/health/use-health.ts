'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { useLookup } from '#components/lookups/use-lookup.ts';
import { routeHealthLookup } from '#lib/lookups/routes.ts';
import type { Unhealthy, HealthLine, UnreadParts } from '#lib/routes/health/health-line.ts';

type HealthState = {
  unhealthy: ReadonlyMap<string, Unhealthy>;
  /** Instances whose routes could not be read. */
  unread: readonly string[];
  without: UnreadParts;
  checked: number;
  total: number;
  failed: number;
  /** All routes with findings of their own are here; until then only the first. */
  whole: boolean;
  state: 'running' | 'done' | 'stopped' | 'failed';
};

type Start = { start: readonly Unhealthy[]; whole: boolean; unread: readonly string[]; without: UnreadParts };

/** The health of routes as it comes. What stands behind them is checked one by one, so it can be stopped and begun again. */
export function useHealth({ start, whole: startsWhole, unread, without }: Start) {
  const [now, setNow] = useState<HealthState>(() => ({
    unhealthy: new Map(start.map((one) => [one.row.id, one])),
    unread,
    without,
    checked: 0,
    total: 0,
    failed: 0,
    whole: startsWhole,
    state: 'running',
  }));
  const first = useRef(true);
  const ended = (state: HealthState['state']) => setNow((before) => ({ ...before, state }));
  const { ask, stop } = useLookup(routeHealthLookup, {
    onLine: (line) => {
      const whole = first.current;
      first.current = false;
      setNow((before) => taken(before, line, whole));
    },
    onEnd: () => ended('done'),
    onProblem: () => ended('failed'),
  });
  const again = useCallback(() => {
    first.current = true;
    setNow((before) => ({ ...before, state: 'running', checked: 0, failed: 0 }));
    ask({});
  }, [ask]);
  // Read again, the page brings other routes: whatever stood behind them is checked again, too.
  useEffect(() => again(), [again, start]);
  return {
    ...now,
    again,
    stop: () => {
      stop();
      ended('stopped');
    },
  };
}

function taken(before: HealthState, { unhealthy, ...progress }: HealthLine, whole: boolean): HealthState {
  const all = new Map(whole ? [] : before.unhealthy);
  for (const { row, findings, verdict } of unhealthy) {
    const known = all.get(row.id);
    const both = [...(known?.findings ?? []), ...findings];
    if (both.length > 0) all.set(row.id, { row, findings: both, verdict: verdict ?? known?.verdict ?? null });
  }
  return { ...before, ...progress, unhealthy: all, whole: before.whole || whole };
}
