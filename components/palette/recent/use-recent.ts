'use client';

import { useEffect, useState } from 'react';
import { ask } from '#components/lookups/ask.ts';
import { recentLookup } from '#lib/lookups/found.ts';
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
    ask(recentLookup, queryOf(unnamed), call.signal)
      .then((named) => {
        setHits(
          learn(actor, [...named.persons.map(personItem), ...named.routes.map(routeItem), ...named.keys.map(keyItem)]),
        );
        return setPending(false);
      })
      .catch(() => call.signal.aborted || setPending(false));
    return () => call.abort();
  }, [actor]);
  return { items, pending };
}

function queryOf(items: readonly PaletteItem[]) {
  const ids = (kind: PaletteItem['kind']) =>
    items
      .filter((item) => item.kind === kind)
      .map((item) => (item.kind === 'route' ? `${item.instanceId}:${item.id}` : item.id));
  return { persons: ids('person'), routes: ids('route').join(','), keys: ids('key') };
}
