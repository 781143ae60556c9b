'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { readJson } from '#components/lookups/ask.ts';
import { usePoll } from '#components/lookups/use-poll.ts';
import { callAction } from '#components/shell/calls/call-action.ts';
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
    const next = await readJson<RotationProgress>(`/api/keys/rotations/${id}`).catch(() => null);
    setStale(next === null);
    if (!next) return false;
    setProgress(next);
    setSince({ at: next.now, local: Date.now() });
    return true;
  }, [id]);
  const recorded = useRef<string | null>(null);
  const seen = progress.unrecorded ? `${progress.state} ${progress.row.oldExpiresAt}` : null;
  useEffect(() => {
    if (seen === null || recorded.current === seen) return;
    recorded.current = seen;
    void callAction(reconcile, { id });
  }, [seen, id, reconcile]);
  const over = FINAL_STATES.includes(progress.state) || progress.row.closedAs !== null;
  usePoll(refresh, { everyMs: POLL_MS, on: !over });
  const nowByOmni = useCallback(() => since.at + (Date.now() - since.local), [since]);
  const read = useCallback(async () => void (await refresh()), [refresh]);
  return { progress, stale, over, refresh: read, nowByOmni };
}
