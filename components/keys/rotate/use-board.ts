'use client';

import { useCallback, useEffect, useState } from 'react';
import type { Board } from '#lib/keys/rotate/rotation-board.ts';
import type { RotationState } from '#lib/keys/rotate/rotation-state.ts';

const POLL_MS = 4000;
const ENDED: readonly RotationState[] = ['not-made', 'done', 'cancelled', 'broken'];

/**
 * A rotation's board, asked anew every few seconds while somebody looks at it and something can still change. `nowByOmni`
 * goes on between two answers. `stale`: the last answer did not come.
 */
export function useBoard(first: Board) {
  const [board, setBoard] = useState(first);
  const [stale, setStale] = useState(false);
  const [since, setSince] = useState(() => ({ at: first.now, local: Date.now() }));
  const { id } = first.row;
  const look = useCallback(async () => {
    const next = await read(id);
    setStale(next === null);
    if (!next) return;
    setBoard(next);
    setSince({ at: next.now, local: Date.now() });
  }, [id]);
  const over = ENDED.includes(board.state) || board.row.closedAs !== null;
  useEffect(() => {
    if (over) return;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void look();
    }, POLL_MS);
    return () => clearInterval(timer);
  }, [over, look]);
  const nowByOmni = useCallback(() => since.at + (Date.now() - since.local), [since]);
  return { board, stale, over, look, nowByOmni };
}

async function read(id: string): Promise<Board | null> {
  try {
    const response = await fetch(`/api/keys/rotations/${id}`, { cache: 'no-store' });
    return response.ok ? ((await response.json()) as Board) : null;
  } catch {
    return null;
  }
}
