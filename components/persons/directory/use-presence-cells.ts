'use client';

import { useEffect, useRef, useState } from 'react';
import type { PresenceCell } from '#lib/persons/directory/presence-cell.ts';
import { ndjson } from '#lib/text/ndjson.ts';

export type LoadedPresence = PresenceCell | 'failed';

const REST_MS = 300;

/** Channels and last seen of the rows on the page: loaded after the rows, a few at a time, once for each. */
export function usePresenceCells(ids: readonly string[], quiet: boolean): ReadonlyMap<string, LoadedPresence> {
  const [cells, setCells] = useState<ReadonlyMap<string, LoadedPresence>>(new Map());
  const asked = useRef(new Set<string>());
  const wanted = ids.join(',');
  useEffect(() => {
    if (!quiet || !wanted) return;
    const own = new AbortController();
    const timer = setTimeout(async () => {
      const fresh = wanted.split(',').filter((id) => !asked.current.has(id));
      if (fresh.length === 0) return;
      for (const id of fresh) asked.current.add(id);
      try {
        const response = await fetch(`/api/lookup/presence?ids=${fresh.join(',')}`, { signal: own.signal });
        if (!response.ok) throw new Error('refused');
        for await (const cell of ndjson<PresenceCell & { failed?: true }>(response)) {
          setCells((now) => new Map(now).set(cell.id, cell.failed ? 'failed' : cell));
        }
      } catch {
        for (const id of fresh) asked.current.delete(id);
        if (!own.signal.aborted)
          setCells(
            (now) => new Map([...now, ...fresh.flatMap((id) => (now.has(id) ? [] : [[id, 'failed'] as const]))]),
          );
      }
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      own.abort();
    };
  }, [wanted, quiet]);
  return cells;
}
