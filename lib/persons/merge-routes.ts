import type { Route } from '#lib/omni/schemas/routes.ts';
import { ownSettings } from '#lib/routes/overrides.ts';
import type { May, MergeInput } from './merge-world.ts';

/**
 * What becomes of a user route of the person who goes (it is deleted with that person): `recreate` for the survivor;
 * `replace`: the survivor's route on that instance takes over its settings; `kept`: the survivor's own route stays and this
 * one is lost; `lost`: this key may not write routes.
 */
export type RouteFate = { route: Route; fate: 'recreate' | 'replace' | 'kept' | 'same' | 'lost'; other: Route | null };

/** The fate of every user route of `goes`. A person has at most one per instance, active or not (contract §2). */
export function routeFates(
  routes: readonly Route[],
  goes: string,
  stays: string,
  choices: MergeInput['routes'],
  may: May,
): RouteFate[] {
  return routes
    .filter((route) => route.personId === goes)
    .map((route) => {
      const other = routes.find((each) => each.personId === stays && each.instanceId === route.instanceId) ?? null;
      if (other && sameRoute(route, other)) return { route, fate: 'same', other };
      if (may === 'no') return { route, fate: 'lost', other };
      if (!other) return { route, fate: 'recreate', other };
      return { route, fate: choices[route.id] === 'replace' ? 'replace' : 'kept', other };
    });
}

/** What a route does, without what only identifies the row. */
export function routeContent(route: Route) {
  return { agentId: route.agentId, isActive: route.isActive, ...ownSettings(route) };
}

function sameRoute(a: Route, b: Route): boolean {
  return JSON.stringify(routeContent(a)) === JSON.stringify(routeContent(b));
}
