'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { callAction } from '#components/shell/calls/call-action.ts';
import { consoleFetch } from '#components/shell/calls/console-fetch.ts';
import type { RotationProgress } from '#lib/keys/rotate/rotation-progress.ts';
import type { RotationActions } from './rotation-props.ts';
import { FINAL_STATES } from '#lib/keys/rotate/rotation-state.ts';

const POLL_MS = 4000;

/**
 * A rotation's progress, read again every few seconds while the page is visible and something can still change. `nowByOmni`
 * runs on between two answers. `stale`: the last answer did not come. What an answer shows for good is recorded by `reconcile`, once for each;
 * where that fails, the next look at the page does it.
 */
export function useRotationProgress(first: RotationProgress, reconcile: RotationActions['reconcile']) {
  const [progress, setProgress] = useState(first);
  const [stale, setStale] = useState(false);
  const [since, setSince] = useState(() => ({ at: first.now, local: Date.now() }));
  const { id } = first.row;
  const refresh = useCallback(async () => {
    const next = await read(id);
    setStale(next === null);
    if (!next) return;
    setProgress(next);
    setSince({ at: next.now, local: Date.now() });
  }, [id]);
  const recorded = useRef<string | null>(null);
  const seen = progress.unrecorded ? `${progress.state} ${progress.row.oldExpiresAt}` : null;
  useEffect(() => {
    if (seen === null || recorded.current === seen) return;
    recorded.current = seen;
    void callAction(reconcile, { id });
  }, [seen, id, reconcile]);
  const over = FINAL_STATES.includes(progress.state) || progress.row.closedAs !== null;
  useEffect(() => {
    if (over) return;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void refresh();
    }, POLL_MS);
    return () => clearInterval(timer);
  }, [over, refresh]);
  const nowByOmni = useCallback(() => since.at + (Date.now() - since.local), [since]);
  return { progress, stale, over, refresh, nowByOmni };
}

async function read(id: string): Promise<RotationProgress | null> {
  try {
    const response = await consoleFetch(`/api/keys/rotations/${id}`, { cache: 'no-store' });
    return response.ok ? ((await response.json()) as RotationProgress) : null;
  } catch {
    return null;
  }
}
