'use client';

import { useMemo } from 'react';
import { useLateValues } from '#components/lookups/use-late-values.ts';
import { presenceLookup } from '#lib/lookups/people.ts';
import type { PresenceCell } from '#lib/persons/directory/presence-cell.ts';

export type LoadedPresence = PresenceCell | 'failed';

const REST_MS = 300;

/** Channels and last seen of the rows on the page: loaded after the rows, a few at a time, once for each. */
export function usePresenceCells(ids: readonly string[], quiet: boolean): ReadonlyMap<string, LoadedPresence> {
  const key = ids.join(',');
  const wanted = useMemo(() => (key ? key.split(',').map((id) => ({ id })) : []), [key]);
  return useLateValues(presenceLookup, {
    wanted,
    queryOf: (fresh) => ({ ids: fresh.map(({ id }) => id) }),
    valueOf: (cell): LoadedPresence => (cell.failed ? 'failed' : cell),
    failed: () => 'failed',
    paused: !quiet,
    restMs: REST_MS,
  });
}
