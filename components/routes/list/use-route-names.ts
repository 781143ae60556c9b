'use client';

import { useCallback, useEffect, useMemo, useState } from 'react';
import { useLateValues } from '#components/lookups/use-late-values.ts';
import { routeNamesLookup } from '#lib/lookups/routes.ts';
import type { RouteName } from '#lib/routes/list/route-name.ts';
import type { RouteRow } from '#lib/routes/list/route-row.ts';

/** Which names this key may read at all. */
export type MayName = { chat: boolean; user: boolean };

type Target = Pick<RouteRow, 'scope' | 'instanceId'> & { id: string };

const REST_MS = 150;

/**
 * Names of chats and people: those the page brought and those that follow it (`more`), the others a hundred at a time as they are
 * wanted, each asked for once.
 */
export function useRouteNames(
  start: readonly RouteName[],
  { chat, user }: MayName,
  more?: Promise<readonly RouteName[]>,
) {
  const [followed, follow] = useState<readonly RouteName[] | null>(more ? null : []);
  useEffect(() => {
    let left = false;
    void more?.then((names) => left || follow(names));
    return () => {
      left = true;
    };
  }, [more]);
  const brought = useMemo(
    () => new Map([...start, ...(followed ?? [])].map((one) => [one.id, one])),
    [start, followed],
  );
  const [rows, setRows] = useState<readonly RouteRow[]>([]);
  // The same rows again are no new question: what is on its way goes on.
  const want = useCallback(
    (next: readonly RouteRow[]) =>
      setRows((now) => (now.length === next.length && now.every((row, at) => row === next[at]) ? now : next)),
    [],
  );
  const wanted = useMemo(
    () =>
      rows
        .filter(({ scope }) => (scope === 'chat' ? chat : user))
        .map(({ scope, targetId, instanceId }): Target => ({ id: targetId, scope, instanceId })),
    [rows, chat, user],
  );
  const names = useLateValues(routeNamesLookup, {
    wanted,
    queryOf,
    valueOf: (name): RouteName => name,
    failed: (id): RouteName => ({ id, name: null, handle: null, state: 'failed' }),
    start: brought,
    // What the page still brings is not asked for besides.
    paused: followed === null,
    restMs: REST_MS,
  });
  return useMemo(() => ({ names, want }), [names, want]);
}

function queryOf(targets: readonly Target[]): { chats: string; persons: string[] } {
  const chats = Map.groupBy(
    targets.filter(({ scope }) => scope === 'chat'),
    ({ instanceId }) => instanceId,
  );
  return {
    chats: [...chats].map(([instance, own]) => `${instance}:${own.map(({ id }) => id).join(',')}`).join(';'),
    persons: targets.filter(({ scope }) => scope === 'user').map(({ id }) => id),
  };
}
