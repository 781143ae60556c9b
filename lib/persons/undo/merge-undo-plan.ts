import { canMatch, ruleContent, ruleFor } from '#lib/access/rules/access-rules.ts';
import { AGENTS_LIMIT } from '#lib/omni/limits.ts';
import type { AccessRule, AccessRuleBody } from '#lib/omni/schemas/access.ts';
import type { Agent } from '#lib/omni/schemas/agents.ts';
import type { Route, RouteBody } from '#lib/omni/schemas/routes.ts';
import { canonical } from '#lib/operations/plan/canonical.ts';
import type { Json, Plan, Text } from '#lib/operations/plan/define.ts';
import { routeContent } from '#lib/routes/editor/content.ts';
import { writable } from '#lib/persons/merge/merge-fields.ts';
import { calledBy } from '#lib/persons/merge/merge-plan.ts';
import { newRoute } from '#lib/persons/merge/route-choices.ts';
import {
  agentAtHand,
  seen,
  type May,
  type PersonField,
  type Side,
  type Unseen,
} from '#lib/persons/merge/merge-facts.ts';
import { stepsOfUnmerge } from './merge-undo-steps.ts';
import type { Someone, UnmergeInput } from './merge-undo-input.ts';

/** Everything that taking a merge back depends on. */
export type UnmergeWorld = {
  stays: Side | null;
  /** Phones that are to come back and that somebody else has now. */
  phonesTaken: string[];
  rules: AccessRule[] | Unseen;
  routes: { items: Route[]; missing: string[] } | Unseen;
  agents: Agent[] | Unseen;
  may: { rules: May; routes: May; agents: May };
  now: number;
};

type Fields = { [field: string]: Json };

/** What comes back of one person, and what does not. */
export type ComesBack = {
  was: string;
  /** The name, else the first characters of the old id. */
  name: string;
  identities: { id: string; platformUserId: string }[];
  elsewhere: string[];
  fields: Fields;
  phoneTaken: string | null;
  rules: { rule: AccessRule; body: AccessRuleBody; drop: string | null }[];
  rulesLeft: number;
  routes: { route: Route; body: RouteBody; clear: boolean; drop: string | null; made: boolean }[];
  routesLeft: Route[];
  owners: { id: string; name: string }[];
};

/** What comes back and what does not, sorted out. */
export type UnmergeOutcome = {
  /** Those with an identity that who stays still has. */
  people: ComesBack[];
  /** Those without: nothing of them is taken out. */
  nothingOf: string[];
  /** Fields of who stays that get the value of before. */
  survivor: Fields;
  /** Fields of who stays that are left: changed since, or Omni takes the old value from nobody. */
  kept: { field: PersonField; why: 'changed' | 'unwritable' }[];
  replaced: UnmergeInput['replaced'];
};

type World = UnmergeWorld & { stays: Side };

const equal = (a: unknown, b: unknown) => canonical((a ?? null) as Json) === canonical((b ?? null) as Json);

/** Decides what taking a merge back does, from what is there now. Pure. */
export function unmergeOutcome(input: UnmergeInput, world: World): UnmergeOutcome {
  const person = world.stays.person as unknown as Fields;
  const changed = input.fields.filter(({ field, was }) => !equal(person[field], was));
  const ours = changed.filter(({ field, wrote }) => equal(person[field], wrote));
  const back = ours.filter(({ field, was }) => writable(field, was));
  const survivor = Object.fromEntries(back.map(({ field, was }) => [field, was]));
  const all = input.people.map((someone) => comesBackOf(someone, input, world, survivor));
  return {
    people: all.filter(({ identities }) => identities.length > 0),
    nothingOf: all.filter(({ identities }) => identities.length === 0).map(({ name }) => name),
    survivor,
    kept: [
      ...changed.filter((each) => !ours.includes(each)).map(({ field }) => ({ field, why: 'changed' as const })),
      ...ours.filter((each) => !back.includes(each)).map(({ field }) => ({ field, why: 'unwritable' as const })),
    ],
    replaced: input.replaced.filter(({ id, wrote }) => {
      const now = routeNow(world, id);
      return world.may.routes !== 'no' && now !== undefined && holdsSettings(now, wrote);
    }),
  };
}

function comesBackOf(someone: Someone, input: UnmergeInput, world: World, survivor: Fields): ComesBack {
  const held = new Set(world.stays.identities.map(({ id }) => id));
  const { primaryPhone, displayName } = someone.fields;
  const phoneAfter = { ...(world.stays.person as unknown as Fields), ...survivor }.primaryPhone;
  const taken =
    typeof primaryPhone === 'string' && (world.phonesTaken.includes(primaryPhone) || phoneAfter === primaryPhone);
  const fields = Object.entries(someone.fields).filter(
    ([field, value]) => writable(field as PersonField, value) && !(field === 'primaryPhone' && taken),
  );
  const rules = rulesBack(someone, input.stays, world);
  const routes = routesBack(someone, world);
  return {
    was: someone.was,
    name: typeof displayName === 'string' ? displayName : `${someone.was.slice(0, 8)}…`,
    identities: someone.identities.filter(({ id }) => held.has(id)),
    elsewhere: someone.identities.filter(({ id }) => !held.has(id)).map(({ platformUserId }) => platformUserId),
    fields: Object.fromEntries(fields),
    phoneTaken: taken ? primaryPhone : null,
    rules,
    rulesLeft: someone.rules.length - rules.length,
    routes,
    routesLeft: someone.routes.flatMap(({ route }) => (routes.some((each) => each.route === route) ? [] : route)),
    owners: ownersBack(someone, input.stays, world),
  };
}

function rulesBack(someone: Someone, stays: string, { rules, may, now }: UnmergeWorld): ComesBack['rules'] {
  if (may.rules === 'no') return [];
  return someone.rules.flatMap(({ rule, made }) => {
    const body = ruleFor(rule, someone.was);
    const over = rule.expiresAt !== null && Date.parse(rule.expiresAt) <= now;
    if (!body || over) return [];
    const there = made !== null && seen(rules) ? rules.find(({ id }) => id === made) : undefined;
    const same = there?.personId === stays && equal(ruleContent(there), ruleContent(rule));
    return { rule, body, drop: there && same ? there.id : null };
  });
}

function routesBack(someone: Someone, world: UnmergeWorld): ComesBack['routes'] {
  const { may, routes, agents } = world;
  if (may.routes === 'no') return [];
  const gone = (id: string | null) =>
    id !== null && seen(agents) && agents.length < AGENTS_LIMIT && !agents.some((a) => a.id === id);
  return someone.routes.flatMap(({ route, made }) => {
    const agent = route.agentId ?? agentAtHand({ agents, routes });
    const body = agent && !gone(route.agentId) ? newRoute(route, someone.was, agent) : null;
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

function ownersBack(someone: Someone, stays: string, { agents, may }: UnmergeWorld): ComesBack['owners'] {
  if (may.agents === 'no' || !seen(agents)) return [];
  const free = (id: string) => agents.some((agent) => agent.id === id && (agent.ownerId === stays || !agent.ownerId));
  return someone.owned.filter(({ id }) => free(id));
}

/** What taking a merge back does, and what does not come back. Pure. */
export function planUnmerge(input: UnmergeInput, world: UnmergeWorld): Plan {
  const { stays } = world;
  if (!stays) return refused({ key: 'unmerge.refused-gone' }, input);
  const outcome = unmergeOutcome(input, { ...world, stays });
  if (outcome.people.length === 0) return refused({ key: 'unmerge.refused-none' }, input);
  const names = { goes: outcome.people.map(({ name }) => name).join(', '), stays: calledBy(stays) };
  return {
    title: { key: 'unmerge.title', values: names },
    effects: effectsOf(input, outcome),
    steps: stepsOfUnmerge(input, outcome, names.stays),
    moves: [
      ...outcome.people.flatMap((person) => comesBack(person, names.stays)),
      ...counted('unmerge.moves-survivor', Object.keys(outcome.survivor).length, names),
      ...counted('unmerge.moves-replaced', outcome.replaced.length, names),
    ],
    losses: [
      ...outcome.people.map(({ name, was }) => ({ key: 'unmerge.new-id', values: { goes: name, id: was } })),
      { key: 'unmerge.history', values: names },
    ],
    unknowns: unknownsOf(world),
    warnings: [
      ...outcome.people.flatMap((person) => staysAway(person, names.stays)),
      ...outcome.nothingOf.map((goes) => ({ key: 'unmerge.nothing-of', values: { ...names, goes } })),
      ...outcome.kept.map(({ field, why }) => ({ key: `unmerge.kept-${why}-${field}`, values: names })),
    ],
    command: { none: { key: 'unmerge.no-command' } },
  };
}

function effectsOf(input: UnmergeInput, outcome: UnmergeOutcome): Json {
  return {
    stays: input.stays,
    people: outcome.people.map((person) => ({
      was: person.was,
      identities: person.identities.map(({ id }) => id).sort(),
      elsewhere: person.elsewhere,
      fields: person.fields,
      rules: person.rules.map(({ rule, drop }) => ({ content: ruleContent(rule) as Json, drop })),
      routes: person.routes.map(({ route, drop }) => ({ content: routeContent(route), drop })),
      owners: person.owners.map(({ id }) => id).sort(),
    })),
    survivor: outcome.survivor,
    kept: outcome.kept.map(({ field }) => field),
    replaced: outcome.replaced.map(({ id, was }) => ({ id, was })),
  };
}

function counted(key: string, count: number, values: Record<string, string>): Text[] {
  return count > 0 ? [{ key, values: { ...values, count } }] : [];
}

function comesBack({ name, identities, fields, rules, routes, owners }: ComesBack, stays: string): Text[] {
  const values = { goes: name, stays };
  return [
    ...counted('unmerge.moves-identities', identities.length, values),
    ...counted('unmerge.moves-fields', Object.keys(fields).length, values),
    ...counted('unmerge.moves-rules', rules.length, values),
    ...counted('unmerge.moves-routes', routes.length, values),
    ...counted('unmerge.moves-owners', owners.length, values),
  ];
}

function staysAway(person: ComesBack, stays: string): Text[] {
  const { name, elsewhere, phoneTaken, rulesLeft, rules, routesLeft, routes } = person;
  const values = { goes: name, stays };
  return [
    ...elsewhere.map((handle) => ({ key: 'unmerge.elsewhere', values: { ...values, handle } })),
    ...(phoneTaken === null ? [] : [{ key: 'unmerge.phone-taken', values: { phone: phoneTaken } }]),
    ...counted('unmerge.rules-left', rulesLeft, {}),
    ...(rules.some(({ rule }) => !canMatch(rule)) ? [{ key: 'unmerge.rules-without-effect' }] : []),
    ...routesLeft.map(({ label }) => ({ key: 'unmerge.route-left', values: { label: label ?? '' } })),
    ...routes
      .filter(({ made, drop }) => made && drop === null)
      .map(({ route }) => ({ key: 'unmerge.route-changed', values: { ...values, label: route.label ?? '' } })),
  ];
}

function unknownsOf(world: UnmergeWorld): Text[] {
  const unseen = (['rules', 'routes', 'agents'] as const).filter((part) => !seen(world[part]));
  const missing = seen(world.routes) ? world.routes.missing.length : 0;
  return [
    ...unseen.map((part) => ({ key: `unmerge.unseen-${part}` })),
    ...counted('unmerge.unseen-some-routes', missing, {}),
  ];
}

function refused(refusal: Text, input: UnmergeInput): Plan {
  return {
    title: { key: 'unmerge.title-unknown' },
    refusal,
    effects: { refusal: refusal.key, stays: input.stays, people: input.people.map(({ was }) => was) },
    steps: [],
    moves: [],
    losses: [],
    unknowns: [],
    warnings: [],
    command: { none: { key: 'merge.no-command' } },
  };
}
