'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { Unhealthy, HealthLine, UnreadParts } from '#lib/routes/health/health-line.ts';
import { ndjson } from '#lib/text/ndjson.ts';

type HealthState = {
  unhealthy: ReadonlyMap<string, Unhealthy>;
  /** Instances whose routes could not be read. */
  unread: readonly string[];
  without: UnreadParts;
  checked: number;
  total: number;
  failed: number;
  state: 'running' | 'done' | 'stopped' | 'failed';
};

/** The health of routes as it comes. Chats and people are checked one by one, so it can be stopped and begun again. */
export function useHealth(start: readonly Unhealthy[], unread: readonly string[], without: UnreadParts) {
  const [now, setNow] = useState<HealthState>(() => ({
    unhealthy: new Map(start.map((one) => [one.row.id, one])),
    unread,
    without,
    checked: 0,
    total: 0,
    failed: 0,
    state: 'running',
  }));
  const call = useRef<AbortController>(undefined);
  const run = useCallback(async () => {
    call.current?.abort();
    const own = new AbortController();
    call.current = own;
    setNow((before) => ({ ...before, state: 'running', checked: 0, failed: 0 }));
    try {
      const response = await fetch('/api/lookup/route-health', { signal: own.signal, cache: 'no-store' });
      if (response.status === 401)
        return location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
      if (!response.ok) throw new Error('refused');
      let first = true;
      for await (const line of ndjson<HealthLine>(response)) {
        if (own.signal.aborted) return;
        const whole = first;
        first = false;
        setNow((before) => taken(before, line, whole));
      }
      setNow((before) => ({ ...before, state: 'done' }));
    } catch {
      if (!own.signal.aborted) setNow((before) => ({ ...before, state: 'failed' }));
    }
  }, []);
  useEffect(() => {
    void run();
    return () => call.current?.abort();
  }, [run]);
  return {
    ...now,
    again: run,
    stop: useCallback(() => {
      call.current?.abort();
      setNow((before) => ({ ...before, state: 'stopped' }));
    }, []),
  };
}

function taken(before: HealthState, { unhealthy, ...progress }: HealthLine, whole: boolean): HealthState {
  const all = new Map(whole ? [] : before.unhealthy);
  for (const { row, findings } of unhealthy) {
    all.set(row.id, { row, findings: [...(all.get(row.id)?.findings ?? []), ...findings] });
  }
  return { ...before, ...progress, unhealthy: all };
}
