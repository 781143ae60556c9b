import { fold } from '#lib/text/fold.ts';
import type { RouteName } from './route-name.ts';
import type { RouteRow } from './route-row.ts';

/** What a list can be ordered by, upwards; downwards with `-` in front. `priority` is Omni's own order and decides nothing. */
export const SORTS = ['instance', 'label', 'agent', 'updated', 'priority'] as const;

export type SortBy = (typeof SORTS)[number];

/** The state of the list, as its address has it. `agent` is an id, `default` for routes that name none. */
export type RoutesFilter = {
  q: string;
  instance?: string | undefined;
  agent?: string | undefined;
  scope?: 'chat' | 'user' | undefined;
  active?: 'yes' | 'no' | undefined;
  sort: SortBy | `-${SortBy}`;
};

export const NO_FILTER: RoutesFilter = { q: '', sort: 'instance' };

/** Names by id of a chat or person, as far as they are known. */
export type RouteNames = ReadonlyMap<string, RouteName>;

/** Whether anything narrows the list. */
export function narrows({ q, instance, agent, scope, active }: RoutesFilter): boolean {
  return Boolean(q.trim() || instance || agent || scope || active);
}

/**
 * The rows a filter lets through, in their order. Every word of the text must stand somewhere in the row: label, agent,
 * instance, name of the chat or person, or an id. `found` are targets that Omni found by the text: a name not loaded yet.
 */
export function filterRows(
  rows: readonly RouteRow[],
  filter: RoutesFilter,
  names: RouteNames,
  found: ReadonlySet<string> = new Set(),
): RouteRow[] {
  const wanted = fold(filter.q).split(' ').filter(Boolean);
  return rows.filter((row) => {
    if (filter.instance && row.instanceId !== filter.instance) return false;
    if (filter.agent && (filter.agent === 'default' ? row.agentState !== 'default' : row.agentId !== filter.agent))
      return false;
    if (filter.scope && row.scope !== filter.scope) return false;
    if (filter.active && row.active !== (filter.active === 'yes')) return false;
    if (wanted.length === 0 || found.has(row.targetId)) return true;
    const text = textOf(row, names.get(row.targetId));
    return wanted.every((word) => text.includes(word));
  });
}

function textOf(row: RouteRow, name: RouteName | undefined): string {
  const { label, agent, instance, id, targetId, agentId, instanceId } = row;
  return [
    fold([label, agent, instance, name?.name, name?.handle].filter(Boolean).join('\n')),
    id,
    targetId,
    agentId,
    instanceId,
  ].join('\n');
}

/** Rows in the order of a filter; equal rows have a fixed order too, so that browser and server sort alike. */
export function sortRows(rows: readonly RouteRow[], sort: RoutesFilter['sort']): RouteRow[] {
  const down = sort.startsWith('-');
  const by = (down ? sort.slice(1) : sort) as SortBy;
  const keys = new Map(rows.map((row) => [row, keyOf(row, by)]));
  const key = (row: RouteRow) => keys.get(row) ?? '';
  return rows.toSorted((a, b) => {
    const [one, other] = [key(a), key(b)];
    const order = one < other ? -1 : one > other ? 1 : 0;
    return (down ? -order : order) || (tie(a) < tie(b) ? -1 : 1);
  });
}

const LAST = '\uFFFF';

function keyOf(row: RouteRow, by: SortBy): string | number {
  switch (by) {
    case 'instance':
      return `${fold(row.instance)}\n${row.instanceId}\n${row.scope}\n${row.label === null ? LAST : fold(row.label)}`;
    case 'label':
      return row.label === null ? LAST : fold(row.label);
    case 'agent':
      return row.agent === null ? LAST : fold(row.agent);
    case 'updated':
      return row.updatedAt;
    case 'priority':
      return row.priority;
  }
}

const tie = (row: RouteRow) => `${row.createdAt}\n${row.id}`;
