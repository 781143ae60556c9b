'use client';

import { useState } from 'react';
import { ask, LookupFailed } from '#components/lookups/ask.ts';
import { usePoll } from '#components/lookups/use-poll.ts';
import { routeMetricsLookup } from '#lib/lookups/routes.ts';
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
  usePoll(
    async (signal) => {
      try {
        const cache = await ask(routeMetricsLookup, {}, signal);
        setSamples(({ all }) => ({
          all: [...all.slice(1 - MOST), { ...cache, at: Date.now() }],
          state: 'live',
          problem: null,
        }));
        return true;
      } catch (error) {
        if (signal.aborted) return false;
        const problem = error instanceof LookupFailed ? error.problem : 'unexpected';
        setSamples(({ all }) => ({ all, state: 'failed', problem }));
        return false;
      }
    },
    { everyMs: EVERY_MS, onHidden: () => setSamples((now) => ({ ...now, state: 'hidden' })) },
  );
  return samples;
}
