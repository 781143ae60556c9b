'use client';

import { useEffect, useState } from 'react';
import type { RouteMetrics } from '#lib/omni/schemas/routes.ts';

/** The figures of Omni's route cache at a moment (milliseconds). */
export type Sample = RouteMetrics['cache'] & { at: number };

export type Samples = { all: readonly Sample[]; state: 'live' | 'hidden' | 'failed'; problem: string | null };

const EVERY_MS = 5000;
/** Half an hour. */
const MOST = 360;

/** Samples since the page was opened, one every five seconds while the tab is visible; none while it is hidden. */
export function useCacheSamples(first: Sample | null): Samples {
  const [samples, setSamples] = useState<Samples>({ all: first ? [first] : [], state: 'live', problem: null });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let controller: AbortController | undefined;
    async function readSample() {
      controller = new AbortController();
      const { signal } = controller;
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
      timer = setTimeout(readSample, EVERY_MS);
    }
    function pause() {
      clearTimeout(timer);
      controller?.abort();
    }
    function onVisibility() {
      pause();
      if (document.hidden) setSamples((now) => ({ ...now, state: 'hidden' }));
      else void readSample();
    }
    document.addEventListener('visibilitychange', onVisibility);
    if (!document.hidden) timer = setTimeout(readSample, EVERY_MS);
    return () => {
      document.removeEventListener('visibilitychange', onVisibility);
      pause();
    };
  }, []);
  return samples;
}
