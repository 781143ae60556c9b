import 'server-only';
import type { Omni } from '#lib/omni/door/omni.ts';
import { filterRows, type RouteNames, type RoutesFilter } from './list-filter.ts';
import { readNames } from './names.ts';
import type { RouteName } from './route-name.ts';
import type { RouteRow } from './route-row.ts';

type Options = {
  deadlineMs?: number;
  signal?: AbortSignal;
  scope?: RouteRow['scope'];
  onName?: (name: RouteName) => void;
};

const NO_NAMES: RouteNames = new Map();

/**
 * The rows a filter lets through when every name is known: those whose own texts and whose `found` targets don't match are
 * named first, as far as that comes in time, since the words of a text may stand in different places of a row and Omni finds
 * neither these nor words without their accents. `scope`: only targets of this kind are named; `onName` gets each name, a failed one too.
 */
export async function matchingRows(
  omni: Omni,
  scopes: readonly string[] | null,
  rows: readonly RouteRow[],
  filter: RoutesFilter,
  found: ReadonlySet<string>,
  { scope, ...limits }: Options = {},
): Promise<RouteRow[]> {
  const sure = new Set(filterRows(rows, filter, NO_NAMES, found));
  if (!filter.q.trim()) return [...sure];
  const others = filterRows(rows, { ...filter, q: '' }, NO_NAMES).filter((row) => !sure.has(row));
  const targets = others
    .filter((row) => !scope || row.scope === scope)
    .map((row) => ({ scope: row.scope, id: row.targetId, instanceId: row.instanceId }));
  const names = await readNames(omni, scopes, targets, limits);
  return filterRows(rows, filter, names, found);
}
