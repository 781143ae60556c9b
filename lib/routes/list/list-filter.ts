import { fold, words } from '#lib/text/fold.ts';
import type { RouteName } from './route-name.ts';
import type { RouteRow } from './route-row.ts';

/** What a list can be ordered by, upwards; downwards with `-` in front. `priority` is Omni's own order and decides nothing. */
export const SORTS = ['instance', 'target', 'label', 'agent', 'updated', 'priority'] as const;

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

/**
 * Why Omni's search for a text may not have found all chats or people. `accents`: letters that may carry one were searched as they
 * are; `limit`: Omni lists no more; `failed`: it did not answer; `forbidden`: the key may not read them.
 */
export const MISSED = ['nothing', 'accents', 'limit', 'failed', 'forbidden'] as const;

/** What Omni found by a text, as ids of chats and people; and what it may have missed of each. */
export type TargetsFound = { ids: string[]; missed: Record<RouteRow['scope'], (typeof MISSED)[number]> };

/**
 * Whether a row that the text left out may fit it all the same. Omni's search knows more of a chat or person than the name, but not
 * the words that stand elsewhere in the row.
 */
export function mayFit(row: RouteRow, q: string, names: RouteNames, { missed }: Pick<TargetsFound, 'missed'>): boolean {
  const why = missed[row.scope];
  if (why === 'limit' || why === 'failed') return true;
  const { state } = names.get(row.targetId) ?? { state: 'failed' };
  return state === 'failed' && (why !== 'nothing' || words(q).length > 1);
}

/** How many people a search may read the names of: one call each. Chats come in lists. */
const MOST_PEOPLE = 200;

/** Rows whose names decide whether a text finds them; of people the first 200. */
export function decidedByNames(
  rows: readonly RouteRow[],
  filter: RoutesFilter,
  kept: readonly RouteRow[],
  found: TargetsFound | null,
): RouteRow[] {
  if (!filter.q.trim()) return [];
  const all = filterRows(rows, { ...filter, q: '' }, NONE);
  const listed = new Set(kept);
  const people = all.filter(
    (row) => row.scope === 'user' && !listed.has(row) && found !== null && mayFit(row, filter.q, NONE, found),
  );
  return [...all.filter(({ scope }) => scope === 'chat'), ...people.slice(0, MOST_PEOPLE)];
}

const NONE: RouteNames = new Map();

/**
 * Why rows may be missing that a text should find; null where none may. `names`: so many names could not be read, `people`: so many of
 * people were not asked for; the others as `MISSED`, `scope` where one is needed.
 */
export type WhyMissing =
  | { why: 'names' | 'people'; count: number }
  | { why: 'limit' | 'failed' }
  | { why: 'forbidden'; scope: string };

/** Why some of the rows that a filter with a text left out may fit it all the same. */
export function whyMissing(
  rows: readonly RouteRow[],
  filter: RoutesFilter,
  kept: readonly RouteRow[],
  names: RouteNames,
  found: TargetsFound,
): WhyMissing | null {
  const listed = new Set(kept);
  const open = filterRows(rows, { ...filter, q: '' }, NONE).filter(
    (row) => !listed.has(row) && mayFit(row, filter.q, names, found),
  );
  const failed = open.filter(({ targetId }) => names.get(targetId)?.state === 'failed');
  if (failed.length > 0) return { why: 'names', count: failed.length };
  for (const why of ['failed', 'limit'] as const)
    if (open.some(({ scope }) => found.missed[scope] === why)) return { why };
  const locked = open.find(({ scope }) => found.missed[scope] === 'forbidden');
  if (locked) return { why: 'forbidden', scope: locked.scope === 'chat' ? 'chats:read' : 'persons:read' };
  return open.length > 0 ? { why: 'people', count: open.length } : null;
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

/**
 * Rows in the order of a filter; equal rows have a fixed order too, so that browser and server sort alike. What has no label, agent
 * or name stands last, upwards and downwards.
 */
export function sortRows(rows: readonly RouteRow[], sort: RoutesFilter['sort'], names: RouteNames): RouteRow[] {
  const down = sort.startsWith('-');
  const by = (down ? sort.slice(1) : sort) as SortBy;
  const keyed = rows.map((row) => ({ row, key: keyOf(row, by, names) }));
  keyed.sort((a, b) => {
    if (a.key === b.key) return a.row.id < b.row.id ? -1 : 1;
    if (a.key === null || b.key === null) return a.key === null ? 1 : -1;
    return a.key < b.key === down ? 1 : -1;
  });
  return keyed.map(({ row }) => row);
}

const LAST = '\uFFFF';
const foldOr = (text: string | null | undefined) => (text ? fold(text) : null);

function keyOf(row: RouteRow, by: SortBy, names: RouteNames): string | number | null {
  switch (by) {
    case 'instance':
      return `${fold(row.instance)}\n${row.instanceId}\n${row.scope}\n${foldOr(row.label) ?? LAST}`;
    case 'target': {
      const name = names.get(row.targetId);
      return foldOr(name?.name ?? name?.handle);
    }
    case 'label':
      return foldOr(row.label);
    case 'agent':
      return foldOr(row.agent);
    case 'updated':
      return row.updatedAt;
    case 'priority':
      return row.priority;
  }
}
