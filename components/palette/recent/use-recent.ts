'use client';

import { useEffect, useState } from 'react';
import type { RecentNames } from '#components/palette/lookup.ts';
import { keyAsHit, personHit, routeAsHit, type Hit } from '#components/palette/hit.ts';
import { learn, recall } from './recent.ts';

/** What was opened lately. Names this tab never saw are asked for once. */
export function useRecent(actor: string): { hits: readonly Hit[]; pending: boolean } {
  const [hits, setHits] = useState(() => recall(actor));
  const [pending, setPending] = useState(() => hits.some(({ name }) => name === null));
  useEffect(() => {
    const unnamed = recall(actor).filter(({ name }) => name === null);
    if (unnamed.length === 0) return undefined;
    const call = new AbortController();
    fetch(`/api/lookup/recent?${queryOf(unnamed)}`, { signal: call.signal })
      .then((response) => (response.ok ? (response.json() as Promise<RecentNames>) : null))
      .then((named) => {
        if (named) setHits(learn(actor, hitsOf(named)));
        return setPending(false);
      })
      .catch(() => call.signal.aborted || setPending(false));
    return () => call.abort();
  }, [actor]);
  return { hits, pending };
}

function queryOf(hits: readonly Hit[]): URLSearchParams {
  const ids = (kind: Hit['kind']) =>
    hits
      .filter((hit) => hit.kind === kind)
      .map((hit) => (hit.kind === 'route' ? `${hit.instanceId}:${hit.id}` : hit.id))
      .join(',');
  return new URLSearchParams({ persons: ids('person'), routes: ids('route'), keys: ids('key') });
}

function hitsOf({ persons, routes, keys }: RecentNames): Hit[] {
  return [...persons.map(personHit), ...routes.map(routeAsHit), ...keys.map(keyAsHit)];
}
