import { mayDecide } from '#lib/access/rules/access-rules.ts';
import type { AccessRule } from '#lib/omni/schemas/access.ts';
import type { Text } from '#lib/operations/plan/define.ts';
import { routeBody, routePatch, type Route, type RouteBody, type RoutePatch } from '#lib/omni/schemas/routes.ts';
import { canonical } from '#lib/operations/plan/canonical.ts';
import { routeContent } from '#lib/routes/editor/content.ts';
import { OVERRIDES } from '#lib/routes/editor/overrides.ts';
import type { Agent } from '#lib/omni/schemas/agents.ts';
import { AGENTS_LIMIT } from '#lib/omni/limits.ts';
import type { Seen } from '#lib/omni/seen.ts';
import { standInAgent, type May, type MergeInput, type ReadRoutes } from './merge-facts.ts';

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

/** What decides whether a route can be created again. */
export type RouteMaker = {
  may: { routes: May };
  routes: Seen<Pick<ReadRoutes, 'items'>>;
  agents: Seen<readonly Agent[]>;
};

/**
 * An inactive route for a person that does what this one does, or null where that can't be: this key may not write routes, Omni takes no
 * such route, its agent is gone, or it has none and none can be seen to create it with.
 */
export function routeAgain(route: Route, personId: string, { may, routes, agents }: RouteMaker): RouteBody | null {
  if (may.routes === 'no') return null;
  const isWhole = agents.is === 'value' && agents.value.length < AGENTS_LIMIT;
  const isGone = route.agentId !== null && isWhole && !agents.value.some(({ id }) => id === route.agentId);
  const agent = route.agentId ?? standInAgent({ agents, routes });
  return agent && !isGone ? newRoute(route, personId, agent) : null;
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

/** Omni's clock and ours may differ by this much, in milliseconds: a rule that has just expired by ours may still decide by Omni's. */
const CLOCKS_DIFFER = 10 * 60_000;

/**
 * What a merge does with a rule that names the duplicate, which Omni deletes with that person, whatever else it names (case S1). `move`:
 * it is given to the survivor before the merge, which changes no answer, since Omni's matcher reads neither the person nor when a rule
 * was changed (cases T1–T3, P34). `lost`: this key may not write rules, and this one never decides. `unblocks`: it may decide and can't
 * be moved; the merge is refused.
 */
export type RuleChoice = { rule: AccessRule; choice: 'move' | 'lost' | 'unblocks' };

/** The choice for every rule that names `duplicate`, in the order Omni lists them. */
export function ruleChoices(rules: readonly AccessRule[], duplicate: string, may: May, now: number): RuleChoice[] {
  return rules
    .filter((rule) => rule.personId === duplicate)
    .map((rule) => {
      if (may !== 'no') return { rule, choice: 'move' };
      return { rule, choice: mayDecide(rule, now - CLOCKS_DIFFER) ? 'unblocks' : 'lost' };
    });
}

/** A sentence about a rule: `key`, or `key` with `-person` for one that names nothing but a person. */
export function ruleText(key: string, rule: AccessRule): Text {
  const target = rule.platformUserId || rule.phonePattern;
  return target ? { key, values: { action: rule.ruleType, target } } : { key: `${key}-person` };
}
