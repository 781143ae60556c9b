'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { Ailing, CheckupLine, Without } from '#lib/routes/health/health-line.ts';
import { ndjson } from '#lib/text/ndjson.ts';

export type Checkup = {
  ailing: ReadonlyMap<string, Ailing>;
  /** Instances whose routes could not be read. */
  unread: readonly string[];
  without: Without;
  checked: number;
  total: number;
  failed: number;
  state: 'running' | 'done' | 'stopped' | 'failed';
};

/** The check-up as it comes. It goes through chats and people one by one, so it can be stopped and begun again. */
export function useCheckup(start: readonly Ailing[], unread: readonly string[], without: Without) {
  const [now, setNow] = useState<Checkup>(() => ({
    ailing: new Map(start.map((one) => [one.row.id, one])),
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
      const response = await fetch('/api/lookup/route-hygiene', { signal: own.signal, cache: 'no-store' });
      if (response.status === 401)
        return location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
      if (!response.ok) throw new Error('refused');
      let first = true;
      for await (const line of ndjson<CheckupLine>(response)) {
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

function taken(before: Checkup, { ailing, ...progress }: CheckupLine, whole: boolean): Checkup {
  const all = new Map(whole ? [] : before.ailing);
  for (const { row, findings } of ailing) {
    all.set(row.id, { row, findings: [...(all.get(row.id)?.findings ?? []), ...findings] });
  }
  return { ...before, ...progress, ailing: all };
}
