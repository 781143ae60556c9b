'use client';

import { useEffect, useState } from 'react';
import type { RouteMetrics } from '#lib/omni/schemas/routes.ts';

/** What Omni's cache said at a moment (milliseconds). */
export type Sample = RouteMetrics['cache'] & { at: number };

export type Samples = { all: readonly Sample[]; state: 'live' | 'hidden' | 'failed'; problem: string | null };

const EVERY_MS = 5000;
/** Half an hour. */
const MOST = 360;

/** Samples since the page was opened, one every five seconds while the tab is seen; hidden, nothing is asked. */
export function useCacheSamples(first: Sample | null): Samples {
  const [samples, setSamples] = useState<Samples>({ all: first ? [first] : [], state: 'live', problem: null });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let own: AbortController | undefined;
    async function ask() {
      own = new AbortController();
      const { signal } = own;
      try {
        const response = await fetch('/api/lookup/route-metrics', { signal, cache: 'no-store' });
        const answer = (await response.json()) as RouteMetrics['cache'] & { problem?: string };
        if (signal.aborted) return;
        setSamples(({ all }) =>
          response.ok
            ? { all: [...all.slice(1 - MOST), { ...answer, at: Date.now() }], state: 'live', problem: null }
            : { all, state: 'failed', problem: answer.problem ?? 'unexpected' },
        );
      } catch {
        if (signal.aborted) return;
        setSamples(({ all }) => ({ all, state: 'failed', problem: 'console_unreachable' }));
      }
      timer = setTimeout(ask, EVERY_MS);
    }
    function rest() {
      clearTimeout(timer);
      own?.abort();
    }
    function look() {
      rest();
      if (document.hidden) setSamples((now) => ({ ...now, state: 'hidden' }));
      else void ask();
    }
    document.addEventListener('visibilitychange', look);
    if (!document.hidden) timer = setTimeout(ask, EVERY_MS);
    return () => {
      document.removeEventListener('visibilitychange', look);
      rest();
    };
  }, []);
  return samples;
}
