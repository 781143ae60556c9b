'use client';

import { useEffect, useState } from 'react';
import type { RecentNames } from '#components/palette/sources.ts';
import { keyItem, personItem, routeItem, type PaletteItem } from '#components/palette/palette-item.ts';
import { learn, recall } from './recent.ts';

/** The recently opened items. Names that this tab never read are fetched once. */
export function useRecent(actor: string): { items: readonly PaletteItem[]; pending: boolean } {
  const [items, setHits] = useState(() => recall(actor));
  const [pending, setPending] = useState(() => items.some(({ name }) => name === null));
  useEffect(() => {
    const unnamed = recall(actor).filter(({ name }) => name === null);
    if (unnamed.length === 0) return undefined;
    const call = new AbortController();
    fetch(`/api/lookup/recent?${queryOf(unnamed)}`, { signal: call.signal })
      .then((response) => (response.ok ? (response.json() as Promise<RecentNames>) : null))
      .then((named) => {
        if (named) setHits(learn(actor, itemsOf(named)));
        return setPending(false);
      })
      .catch(() => call.signal.aborted || setPending(false));
    return () => call.abort();
  }, [actor]);
  return { items, pending };
}

function queryOf(items: readonly PaletteItem[]): URLSearchParams {
  const ids = (kind: PaletteItem['kind']) =>
    items
      .filter((item) => item.kind === kind)
      .map((item) => (item.kind === 'route' ? `${item.instanceId}:${item.id}` : item.id))
      .join(',');
  return new URLSearchParams({ persons: ids('person'), routes: ids('route'), keys: ids('key') });
}

function itemsOf({ persons, routes, keys }: RecentNames): PaletteItem[] {
  return [...persons.map(personItem), ...routes.map(routeItem), ...keys.map(keyItem)];
}
