import { canMatch, ruleContent, ruleFor } from '#lib/access/rules.ts';
import type { AccessRule, AccessRuleBody } from '#lib/omni/schemas/access.ts';
import type { Agent } from '#lib/omni/schemas/agents.ts';
import type { Route, RouteBody } from '#lib/omni/schemas/routes.ts';
import { canonical } from '#lib/operations/canonical.ts';
import type { Json, Plan, PlannedStep, Text } from '#lib/operations/define.ts';
import { writable } from './merge-fields.ts';
import { calledBy } from './merge-plan.ts';
import { newRoute, routeContent } from './merge-routes.ts';
import { agentAtHand, seen, type May, type PersonField, type Side, type Unseen } from './merge-world.ts';
import { stepsOfUnmerge } from './unmerge-steps.ts';
import type { UnmergeInput } from './unmerge-input.ts';

/** Everything that taking a merge back depends on. */
export type UnmergeWorld = {
  stays: Side | null;
  /** Who has the phone that is to come back, other than who stays. */
  phoneHolder: { id: string; name: string | null } | null;
  rules: AccessRule[] | Unseen;
  routes: { items: Route[]; missing: string[] } | Unseen;
  agents: Agent[] | Unseen;
  may: { rules: May; routes: May; agents: May };
  now: number;
};

type Fields = { [field: string]: Json };

/** What comes back and what does not, sorted out. */
export type UnmergeOutcome = {
  identities: { id: string; platformUserId: string }[];
  elsewhere: string[];
  /** Fields of who stays that get the value of before. */
  survivor: Fields;
  /** Fields of who stays that are left: changed since, or Omni takes the old value from nobody. */
  kept: { field: PersonField; why: 'changed' | 'unwritable' }[];
  /** Fields the person who comes back gets. */
  fields: Fields;
  phoneTaken: boolean;
  rules: { rule: AccessRule; body: AccessRuleBody; drop: string | null }[];
  rulesLeft: number;
  routes: { route: Route; body: RouteBody; clear: boolean; drop: string | null; made: boolean }[];
  routesLeft: Route[];
  replaced: UnmergeInput['replaced'];
  owners: { id: string; name: string }[];
};

const equal = (a: unknown, b: unknown) => canonical((a ?? null) as Json) === canonical((b ?? null) as Json);

/** Decides what taking a merge back does, from what is there now. Pure. */
export function unmergeOutcome(input: UnmergeInput, world: UnmergeWorld & { stays: Side }): UnmergeOutcome {
  const held = new Set(world.stays.identities.map(({ id }) => id));
  const person = world.stays.person as unknown as Fields;
  const changed = input.fields.filter(({ field, was }) => !equal(person[field], was));
  const ours = changed.filter(({ field, wrote }) => equal(person[field], wrote));
  const back = ours.filter(({ field, was }) => writable(field, was));
  const survivor = Object.fromEntries(back.map(({ field, was }) => [field, was]));
  const { primaryPhone } = input.goes.fields;
  const phoneTaken =
    primaryPhone !== undefined &&
    (world.phoneHolder !== null || equal({ ...person, ...survivor }.primaryPhone, primaryPhone));
  const fields = Object.entries(input.goes.fields).filter(
    ([field, value]) => writable(field as PersonField, value) && !(field === 'primaryPhone' && phoneTaken),
  );
  const rules = rulesBack(input, world);
  const routes = routesBack(input, world);
  return {
    identities: input.goes.identities.filter(({ id }) => held.has(id)),
    elsewhere: input.goes.identities.filter(({ id }) => !held.has(id)).map(({ platformUserId }) => platformUserId),
    survivor,
    kept: [
      ...changed.filter((each) => !ours.includes(each)).map(({ field }) => ({ field, why: 'changed' as const })),
      ...ours.filter((each) => !back.includes(each)).map(({ field }) => ({ field, why: 'unwritable' as const })),
    ],
    fields: Object.fromEntries(fields),
    phoneTaken,
    rules,
    rulesLeft: input.rules.length - rules.length,
    routes,
    routesLeft: input.routes.flatMap(({ route }) => (routes.some((each) => each.route === route) ? [] : route)),
    replaced: input.replaced.filter(({ id, wrote }) => {
      const now = routeNow(world, id);
      return world.may.routes !== 'no' && now !== undefined && holdsSettings(now, wrote);
    }),
    owners: ownersBack(input, world),
  };
}

function rulesBack(input: UnmergeInput, { rules, may, now }: UnmergeWorld): UnmergeOutcome['rules'] {
  if (may.rules === 'no') return [];
  return input.rules.flatMap(({ rule, made }) => {
    const body = ruleFor(rule, input.was);
    const over = rule.expiresAt !== null && Date.parse(rule.expiresAt) <= now;
    if (!body || over) return [];
    const there = made !== null && seen(rules) ? rules.find(({ id }) => id === made) : undefined;
    const same = there?.personId === input.stays && equal(ruleContent(there), ruleContent(rule));
    return { rule, body, drop: there && same ? there.id : null };
  });
}

function routesBack(input: UnmergeInput, world: UnmergeWorld): UnmergeOutcome['routes'] {
  const { may, routes, agents } = world;
  if (may.routes === 'no') return [];
  const gone = (id: string | null) =>
    id !== null && seen(agents) && agents.length < 200 && !agents.some((a) => a.id === id);
  return input.routes.flatMap(({ route, made }) => {
    const agent = route.agentId ?? agentAtHand({ agents, routes });
    const body = agent && !gone(route.agentId) ? newRoute(route, input.was, agent) : null;
    if (!body) return [];
    const there = made === null ? undefined : routeNow(world, made);
    const same = there !== undefined && equal(routeContent(there), routeContent(route));
    return { route, body, clear: route.agentId === null, drop: same ? there.id : null, made: made !== null };
  });
}

function routeNow({ routes }: UnmergeWorld, id: string): Route | undefined {
  return seen(routes) ? routes.items.find((route) => route.id === id) : undefined;
}

function holdsSettings(route: Route, patch: Fields): boolean {
  const now = { ...route, ...routeContent(route) } as unknown as Fields;
  return Object.entries(patch).every(([name, value]) => equal(now[name], value));
}

function ownersBack(input: UnmergeInput, { agents, may }: UnmergeWorld): UnmergeOutcome['owners'] {
  if (may.agents === 'no' || !seen(agents)) return [];
  const free = (id: string) =>
    agents.some((agent) => agent.id === id && (agent.ownerId === input.stays || !agent.ownerId));
  return input.owned.filter(({ id }) => free(id));
}

/** What taking a merge back does, and what does not come back. Pure. */
export function planUnmerge(input: UnmergeInput, world: UnmergeWorld): Plan {
  const { stays } = world;
  if (!stays) return refused({ key: 'unmerge.refused-gone' }, input);
  const outcome = unmergeOutcome(input, { ...world, stays });
  if (outcome.identities.length === 0) return refused({ key: 'unmerge.refused-none' }, input);
  const name = typeof input.goes.fields.displayName === 'string' ? input.goes.fields.displayName : '';
  const values = { goes: name || `${input.was.slice(0, 8)}…`, stays: calledBy(stays) };
  return {
    title: { key: 'unmerge.title', values },
    effects: effectsOf(input, outcome),
    steps: stepsOfUnmerge(input, outcome, values) as PlannedStep[],
    moves: comesBack(outcome, values),
    losses: [],
    unknowns: [
      ...(['rules', 'routes', 'agents'] as const)
        .filter((part) => !seen(world[part]))
        .map((part) => ({ key: `unmerge.unseen-${part}` })),
      ...(seen(world.routes) && world.routes.missing.length > 0
        ? [{ key: 'unmerge.unseen-some-routes', values: { count: world.routes.missing.length } }]
        : []),
    ],
    warnings: staysAway(input, outcome, values),
    command: { none: { key: 'unmerge.no-command' } },
  };
}

function effectsOf(input: UnmergeInput, outcome: UnmergeOutcome): Json {
  return {
    was: input.was,
    stays: input.stays,
    identities: outcome.identities.map(({ id }) => id).sort(),
    elsewhere: outcome.elsewhere,
    survivor: outcome.survivor,
    fields: outcome.fields,
    kept: outcome.kept.map(({ field }) => field),
    rules: outcome.rules.map(({ rule, drop }) => ({ content: ruleContent(rule) as Json, drop })),
    routes: outcome.routes.map(({ route, drop }) => ({ content: routeContent(route), drop })),
    replaced: outcome.replaced.map(({ id, was }) => ({ id, was })),
    owners: outcome.owners.map(({ id }) => id).sort(),
  };
}

function comesBack(outcome: UnmergeOutcome, values: { goes: string; stays: string }): Text[] {
  const { identities, fields, survivor, rules, routes, replaced, owners } = outcome;
  const counted = (key: string, count: number) => (count > 0 ? [{ key, values: { ...values, count } }] : []);
  return [
    ...counted('unmerge.moves-identities', identities.length),
    ...counted('unmerge.moves-fields', Object.keys(fields).length),
    ...counted('unmerge.moves-survivor', Object.keys(survivor).length),
    ...counted('unmerge.moves-rules', rules.length),
    ...counted('unmerge.moves-routes', routes.length),
    ...counted('unmerge.moves-replaced', replaced.length),
    ...counted('unmerge.moves-owners', owners.length),
  ];
}

function staysAway(input: UnmergeInput, outcome: UnmergeOutcome, values: { goes: string; stays: string }): Text[] {
  const { elsewhere, kept, phoneTaken, rulesLeft, rules, routesLeft, routes } = outcome;
  return [
    { key: 'unmerge.new-id', values: { ...values, id: input.was } },
    { key: 'unmerge.history', values },
    ...elsewhere.map((handle) => ({ key: 'unmerge.elsewhere', values: { ...values, handle } })),
    ...kept.map(({ field, why }) => ({ key: `unmerge.kept-${why}-${field}`, values })),
    ...(phoneTaken ? [{ key: 'unmerge.phone-taken', values: { phone: String(input.goes.fields.primaryPhone) } }] : []),
    ...(rulesLeft > 0 ? [{ key: 'unmerge.rules-left', values: { count: rulesLeft } }] : []),
    ...(rules.some(({ rule }) => !canMatch(rule)) ? [{ key: 'unmerge.rules-without-effect' }] : []),
    ...routesLeft.map(({ label }) => ({ key: 'unmerge.route-left', values: { label: label ?? '' } })),
    ...routes
      .filter(({ made, drop }) => made && drop === null)
      .map(({ route }) => ({ key: 'unmerge.route-changed', values: { ...values, label: route.label ?? '' } })),
  ];
}

function refused(refusal: Text, input: UnmergeInput): Plan {
  return {
    title: { key: 'unmerge.title-unknown' },
    refusal,
    effects: { refusal: refusal.key, was: input.was, stays: input.stays },
    steps: [],
    moves: [],
    losses: [],
    unknowns: [],
    warnings: [],
    command: { none: { key: 'merge.no-command' } },
  };
}
