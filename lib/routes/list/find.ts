import { matchWords } from '#lib/text/match-words.ts';
import { filterRows, NO_FILTER, sortRows } from './list-filter.ts';
import type { RouteName } from './route-name.ts';
import type { RouteRow } from './route-row.ts';

/** A route as a search shows it. `target`: the chat's or person's name, null where it has none or could not be had. */
export type RouteHit = Pick<RouteRow, 'id' | 'instanceId' | 'instance' | 'scope' | 'targetId' | 'label' | 'active'> & {
  agent: string | null;
  target: string | null;
};

/** `total` fit; `unread` are names of the instances that did not answer (in time). */
export type RoutesFound = { rows: RouteHit[]; total: number; unread: string[]; incomplete: boolean; problem?: string };

/**
 * The routes that fit a text best, all of them in order: by their label, then by whom they are for (`found` at Omni), then by
 * agent, instance or id; active ones first among equals. An empty text fits every route.
 */
export function bestRoutes(rows: readonly RouteRow[], text: string, found: ReadonlySet<string>): RouteRow[] {
  const fitting = sortRows(filterRows(rows, { ...NO_FILTER, q: text }, new Map(), found), 'instance', new Map());
  const ranks = new Map(fitting.map((row) => [row, rankOf(row, text, found)]));
  return fitting.toSorted((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0));
}

function rankOf(row: RouteRow, text: string, found: ReadonlySet<string>): number {
  const byLabel = matchWords(text, row.label ?? '') ?? 5;
  return Math.min(byLabel, found.has(row.targetId) ? 3 : 5) + (row.active ? 0 : 0.5);
}

/** A row with the name of its chat or person. */
export function routeHit(row: RouteRow, name: RouteName | undefined): RouteHit {
  const { id, instanceId, instance, scope, targetId, label, agent, active } = row;
  const target = name?.state === 'known' ? (name.name ?? name.handle) : null;
  return { id, instanceId, instance, scope, targetId, label, agent, active, target };
}
