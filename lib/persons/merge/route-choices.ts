import { routeBody, routePatch, type Route, type RouteBody, type RoutePatch } from '#lib/omni/schemas/routes.ts';
import { canonical } from '#lib/operations/plan/canonical.ts';
import { routeContent } from '#lib/routes/editor/content.ts';
import { OVERRIDES } from '#lib/routes/editor/overrides.ts';
import type { May, MergeInput } from './merge-facts.ts';

/**
 * What a merge does with a user route of the duplicate, which Omni deletes with that person. `recreate`: created for the
 * survivor. `replace`: the survivor's route on that instance takes over its settings. `same`: the survivor's route does the
 * same. The others lose it: `kept`: the survivor keeps a route of their own there; `lost`: this key may not write routes;
 * `no_agent`: it names no agent, Omni creates none without, and no agent can be seen to create it with; `unwritable`: it holds a
 * value that Omni takes from nobody.
 */
export type RouteChoice = {
  route: Route;
  choice: 'recreate' | 'replace' | 'kept' | 'same' | 'lost' | 'no_agent' | 'unwritable';
  other: Route | null;
};

/** What the choices depend on: whose routes, what was chosen, what the key may do, and the stand-in agent. */
export type RouteQuestion = {
  duplicate: string;
  survivor: string;
  choices: MergeInput['routes'];
  may: May;
  agent: string | null;
};

/** The choice for every user route of `duplicate`. A person has at most one per instance, active or not (contract §2). */
export function routeChoices(
  routes: readonly Route[],
  { duplicate, survivor, choices, may, agent }: RouteQuestion,
): RouteChoice[] {
  return routes
    .filter((route) => route.personId === duplicate)
    .map((route) => {
      const other = routes.find((each) => each.personId === survivor && each.instanceId === route.instanceId) ?? null;
      if (other && sameRoute(route, other)) return { route, choice: 'same', other };
      if (may === 'no') return { route, choice: 'lost', other };
      if (other) {
        const replace = choices[route.id] === 'replace' && routePatchOf(route) !== null;
        return { route, choice: replace ? 'replace' : 'kept', other };
      }
      if (!route.agentId && !agent) return { route, choice: 'no_agent', other };
      const writable = newRoute(route, survivor, route.agentId ?? agent ?? '') !== null;
      return { route, choice: writable ? 'recreate' : 'unwritable', other };
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

/** The patch that gives another route the settings of this one; null (inherit) for those it does not set. */
export function routePatchOf(route: Route): RoutePatch | null {
  const inherited = Object.fromEntries([...OVERRIDES, 'label'].map((name) => [name, null]));
  const parsed = routePatch.safeParse({ ...inherited, priority: 0, ...routeContent(route) });
  return parsed.success ? parsed.data : null;
}
