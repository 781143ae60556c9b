'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { followAddress } from '#components/shell/calls/page-reading.ts';
import { typingRest } from '#components/lookups/typing-rest.ts';
import { useLookup } from '#components/lookups/use-lookup.ts';
import { routeTargetsLookup } from '#lib/lookups/routes.ts';
import { NO_FILTER, type RoutesFilter } from '#lib/routes/list/list-filter.ts';

/** What Omni found by a text: ids of chats and people whose names this page may not have yet. */
export type FoundTargets = { q: string; ids: string[]; incomplete: boolean };

/** The filter of the list. The address follows without a render; the text also asks Omni for names not loaded yet. */
export function useRoutesFilter(start: RoutesFilter, startFound: FoundTargets | null) {
  const [filter, setFilter] = useState(start);
  const [found, setFound] = useState(startFound);
  const latest = useRef(start);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const asked = () => latest.current.q.trim();
  const { busy, ask } = useLookup(routeTargetsLookup, {
    onLine: (answer) => setFound({ q: asked(), ...answer }),
    onProblem: () => setFound({ q: asked(), ids: [], incomplete: true }),
  });

  const change = useCallback(
    (patch: Partial<RoutesFilter>) => {
      const next = { ...latest.current, ...patch };
      latest.current = next;
      setFilter(next);
      if (patch.q === undefined) return follow(next);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => follow(latest.current), typingRest());
      const q = patch.q.trim();
      if (!q) setFound(null);
      ask(q ? { q } : null, typingRest());
    },
    [ask],
  );

  return { filter, found, searching: busy, change };
}

/** The whole filter as the address, so that no change gets lost between two others. */
function follow(filter: RoutesFilter): void {
  const address = new URL(location.href);
  for (const name of ['q', 'instance', 'agent', 'scope', 'active', 'sort'] as const) {
    const text = filter[name]?.trim() ?? '';
    if (text === '' || (name === 'sort' && text === NO_FILTER.sort)) address.searchParams.delete(name);
    else address.searchParams.set(name, text);
  }
  followAddress(address);
}
