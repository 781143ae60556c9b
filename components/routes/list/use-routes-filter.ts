'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { followAddress } from '#components/shell/calls/page-reading.ts';
import { typingRest } from '#components/lookups/typing-rest.ts';
import { useLookup } from '#components/lookups/use-lookup.ts';
import { routeTargetsLookup } from '#lib/lookups/routes.ts';
import { NO_FILTER, type RoutesFilter, type TargetsFound } from '#lib/routes/list/list-filter.ts';

/** How long after a click the address follows, milliseconds. */
const CLICK_REST_MS = 50;

/** What Omni found by a text: chats and people whose names this page may not have yet. */
export type FoundTargets = { q: string } & TargetsFound;

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
    onProblem: () => setFound({ q: asked(), ids: [], missed: { chat: 'failed', user: 'failed' } }),
  });

  // What Omni did not find in time for the page is asked for once more.
  const late = useRef(startFound === null);
  useEffect(() => {
    const q = asked();
    if (late.current && q) ask({ q }, 0);
    late.current = false;
  }, [ask]);

  const change = useCallback(
    (patch: Partial<RoutesFilter>) => {
      const next = { ...latest.current, ...patch };
      latest.current = next;
      setFilter(next);
      clearTimeout(timer.current);
      // What is clicked is painted before the router hears of it.
      timer.current = setTimeout(() => follow(latest.current), patch.q === undefined ? CLICK_REST_MS : typingRest());
      if (patch.q === undefined) return;
      const q = patch.q.trim();
      if (!q) setFound(null);
      ask(q ? { q } : null, typingRest());
    },
    [ask],
  );

  const searching = busy || (found === null && filter.q.trim() !== '');
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
  followAddress(address);
}
