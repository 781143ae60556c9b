import type { Route } from '#lib/omni/schemas/routes.ts';
import { OVERRIDES, type Override } from './overrides.ts';
import { sameJson } from '#lib/operations/plan/canonical.ts';
import { asJson, type Json } from '#lib/operations/plan/define.ts';

/** Everything of a route that can be written, in the order in which it is shown. */
export const FIELDS = ['agentId', 'label', 'priority', 'isActive', ...OVERRIDES] as const;
export type RouteField = Override | 'agentId' | 'label' | 'priority' | 'isActive';

export type RouteFields = { [key in RouteField]: Json };

/** A route's writable fields; null inherits. All four conditions of a reply filter are there: older rows lack some. */
export function fieldsOf(route: Partial<Pick<Route, RouteField>>): RouteFields {
  const all = Object.fromEntries(FIELDS.map((name) => [name, asJson(route[name])])) as RouteFields;
  return { ...all, agentReplyFilter: wholeFilter(all.agentReplyFilter) };
}

/** A filter as a POST and a PATCH take it: Omni wants all four conditions (contract §2). */
export function wholeFilter(filter: Json): Json {
  if (typeof filter !== 'object' || filter === null || Array.isArray(filter)) return null;
  const own = typeof filter.conditions === 'object' && !Array.isArray(filter.conditions) ? filter.conditions : {};
  return {
    mode: filter.mode ?? 'all',
    conditions: { onDm: false, onMention: false, onReply: false, onNameMatch: false, ...own },
  };
}

/** A route that is not saved, as resolving takes it: nothing of it is sent. */
export function draftRoute(
  fields: Partial<RouteFields>,
  of: { scope: string; chatId?: string; personId?: string; id?: string },
  instanceId: string,
): Route {
  return { id: '', ...fields, ...of, instanceId } as unknown as Route;
}

/** One field that changes. */
export type FieldChange = { field: RouteField; from: Json; to: Json };

/** What of some wanted values is not so yet, in the order of `FIELDS`. */
export function changesIn(now: Partial<RouteFields>, wanted: { [key: string]: unknown }): FieldChange[] {
  return FIELDS.flatMap((field) => {
    if (!(field in wanted) || wanted[field] === undefined) return [];
    const [from, to] = [now[field] ?? null, asJson(wanted[field])];
    return sameJson(from, to) ? [] : [{ field, from, to }];
  });
}
