'use client';

import { useEffect, useMemo, useRef, useState } from 'react';
import type { RouteName } from '#lib/routes/list/route-name.ts';
import type { RouteRow } from '#lib/routes/list/route-row.ts';
import { ndjson } from '#lib/text/ndjson.ts';

/** Which names this key may read at all. */
export type MayName = { chat: boolean; user: boolean };

const REST_MS = 150;
const MOST = 100;

/** Names of the chats and people in sight: those the page brought, the others a hundred at a time, each asked for once. */
export function useRouteNames(start: readonly RouteName[], may: MayName) {
  const [names, setNames] = useState<ReadonlyMap<string, RouteName>>(() => new Map(start.map((one) => [one.id, one])));
  const [seen, setSeen] = useState(start);
  const [wanted, want] = useState<readonly RouteRow[]>([]);
  const asked = useRef(new Set<string>());
  if (seen !== start) {
    setSeen(start);
    setNames((now) => new Map([...now, ...start.map((one) => [one.id, one] as const)]));
  }
  const { chat: mayChats, user: mayPersons } = may;
  useEffect(() => {
    const fresh = wanted
      .filter(({ scope, targetId }) => (scope === 'chat' ? mayChats : mayPersons) && !names.has(targetId))
      .filter(({ targetId }) => !asked.current.has(targetId))
      .slice(0, MOST);
    if (fresh.length === 0) return;
    const own = new AbortController();
    const known = asked.current;
    const ids = fresh.map(({ targetId }) => targetId);
    const timer = setTimeout(async () => {
      for (const id of ids) known.add(id);
      const found: RouteName[] = [];
      try {
        const response = await fetch(`/api/lookup/route-names?${queryOf(fresh)}`, { signal: own.signal });
        if (!response.ok) throw new Error('refused');
        for await (const name of ndjson<RouteName>(response)) found.push(name);
      } catch {
        for (const id of ids) known.delete(id);
        if (own.signal.aborted) return;
      }
      const came = new Set(found.map(({ id }) => id));
      const rest = ids
        .filter((id) => !came.has(id))
        .map((id): RouteName => ({ id, name: null, handle: null, state: 'failed' }));
      setNames((now) => new Map([...now, ...[...found, ...rest].map((one) => [one.id, one] as const)]));
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      own.abort();
      for (const id of ids) known.delete(id);
    };
  }, [wanted, names, mayChats, mayPersons]);
  return useMemo(() => ({ names, want }), [names]);
}

function queryOf(rows: readonly RouteRow[]): string {
  const chats = Map.groupBy(
    rows.filter(({ scope }) => scope === 'chat'),
    ({ instanceId }) => instanceId,
  );
  const persons = rows.filter(({ scope }) => scope === 'user').map(({ targetId }) => targetId);
  const query = new URLSearchParams();
  if (chats.size > 0) {
    query.set(
      'chats',
      [...chats].map(([id, own]) => `${id}:${own.map(({ targetId }) => targetId).join(',')}`).join(';'),
    );
  }
  if (persons.length > 0) query.set('persons', persons.join(','));
  return query.toString().replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%3B', ';');
}
