import { routeBody, routePatch, type Route, type RouteBody, type RoutePatch } from '#lib/omni/schemas/routes.ts';
import { canonical } from '#lib/operations/plan/canonical.ts';
import { routeContent } from '#lib/routes/editor/content.ts';
import { OVERRIDES } from '#lib/routes/editor/overrides.ts';
import type { May, MergeInput } from './merge-facts.ts';

/**
 * What becomes of a user route of the person who goes (it is deleted with that person): `recreate` for the survivor;
 * `replace`: the survivor's route on that instance takes over its settings; `kept`: the survivor's own route stays and this
 * one is lost; `same`: both say the same. Lost are also `lost`: this key may not write routes; `no_agent`: it names no agent,
 * Omni makes none without, and no agent can be seen to start from; `unwritable`: it holds a value Omni takes from nobody.
 */
export type RouteFate = {
  route: Route;
  fate: 'recreate' | 'replace' | 'kept' | 'same' | 'lost' | 'no_agent' | 'unwritable';
  other: Route | null;
};

/** What the fates depend on: whose routes, what was chosen, what the key may do, and an agent a route can start with. */
export type RouteQuestion = {
  goes: string;
  stays: string;
  choices: MergeInput['routes'];
  may: May;
  agent: string | null;
};

/** The fate of every user route of `goes`. A person has at most one per instance, active or not (contract §2). */
export function routeFates(routes: readonly Route[], { goes, stays, choices, may, agent }: RouteQuestion): RouteFate[] {
  return routes
    .filter((route) => route.personId === goes)
    .map((route) => {
      const other = routes.find((each) => each.personId === stays && each.instanceId === route.instanceId) ?? null;
      if (other && sameRoute(route, other)) return { route, fate: 'same', other };
      if (may === 'no') return { route, fate: 'lost', other };
      if (other) {
        const replace = choices[route.id] === 'replace' && routePatchOf(route) !== null;
        return { route, fate: replace ? 'replace' : 'kept', other };
      }
      if (!route.agentId && !agent) return { route, fate: 'no_agent', other };
      const writable = newRoute(route, stays, route.agentId ?? agent ?? '') !== null;
      return { route, fate: writable ? 'recreate' : 'unwritable', other };
    });
}

/** Whether two routes do the same. */
export function sameRoute(a: Route, b: Route): boolean {
  return canonical(routeContent(a)) === canonical(routeContent(b));
}

/** An inactive route for a person that does what this one does, or null where Omni takes no such route (contract §2). */
export function newRoute(route: Route, personId: string, agentId: string): RouteBody | null {
  const parsed = routeBody.safeParse({ ...routeContent(route), isActive: false, scope: 'user', personId, agentId });
  return parsed.success ? parsed.data : null;
}

/** What makes another route do what this one does: its settings, and null (inherit) for those it does not set. */
export function routePatchOf(route: Route): RoutePatch | null {
  const inherited = Object.fromEntries([...OVERRIDES, 'label'].map((name) => [name, null]));
  const parsed = routePatch.safeParse({ ...inherited, priority: 0, ...routeContent(route) });
  return parsed.success ? parsed.data : null;
}
