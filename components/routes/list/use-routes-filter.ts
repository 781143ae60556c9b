'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { NO_FILTER, type RoutesFilter } from '#lib/routes/list/list-filter.ts';

/** What Omni found by a text: ids of chats and people whose names this page may not have yet. */
export type FoundTargets = { q: string; ids: string[]; incomplete: boolean };

const REST_MS = 250;

/** The filter of the list. The address follows without a render; the text also asks Omni for names not loaded yet. */
export function useRoutesFilter(start: RoutesFilter, startFound: FoundTargets | null) {
  const [filter, setFilter] = useState(start);
  const [found, setFound] = useState(startFound);
  const [searching, setSearching] = useState(false);
  const latest = useRef(start);
  const call = useRef<AbortController>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(
    () => () => {
      clearTimeout(timer.current);
      call.current?.abort();
    },
    [],
  );

  const search = useCallback(async (q: string) => {
    const own = new AbortController();
    call.current = own;
    try {
      const response = await fetch(`/api/lookup/route-targets?q=${encodeURIComponent(q)}`, { signal: own.signal });
      if (!response.ok) throw new Error('refused');
      const answer = (await response.json()) as Omit<FoundTargets, 'q'>;
      if (!own.signal.aborted) setFound({ q, ...answer });
    } catch {
      if (!own.signal.aborted) setFound({ q, ids: [], incomplete: true });
    } finally {
      if (call.current === own) setSearching(false);
    }
  }, []);

  const change = useCallback(
    (patch: Partial<RoutesFilter>) => {
      const next = { ...latest.current, ...patch };
      latest.current = next;
      setFilter(next);
      if (patch.q === undefined) return follow(next);
      clearTimeout(timer.current);
      call.current?.abort();
      const q = patch.q.trim();
      setSearching(q !== '');
      timer.current = setTimeout(() => {
        follow(latest.current);
        if (q) void search(q);
        else setFound(null);
      }, REST_MS);
    },
    [search],
  );

  return { filter, found, searching, change };
}

/** The whole filter as the address, so that no change gets lost between two others. */
function follow(filter: RoutesFilter): void {
  const address = new URL(location.href);
  for (const name of ['q', 'instance', 'agent', 'scope', 'active', 'sort'] as const) {
    const text = filter[name]?.trim() ?? '';
    if (text === '' || (name === 'sort' && text === NO_FILTER.sort)) address.searchParams.delete(name);
    else address.searchParams.set(name, text);
  }
  history.replaceState(null, '', address);
}
