import { ruleContent, ruleFor } from '#lib/access/rules/access-rules.ts';
import { AGENTS_LIMIT } from '#lib/omni/limits.ts';
import type { AccessRule, AccessRuleBody } from '#lib/omni/schemas/access.ts';
import type { Agent } from '#lib/omni/schemas/agents.ts';
import type { Route, RouteBody } from '#lib/omni/schemas/routes.ts';
import { canonical } from '#lib/operations/plan/canonical.ts';
import type { Json } from '#lib/operations/plan/define.ts';
import { userOf } from '#lib/persons/directory/handle.ts';
import { calledAmong } from '#lib/persons/record/called.ts';
import { namedOf } from '#lib/persons/record/person-record.ts';
import { visibleName } from '#lib/text/visible.ts';
import { writable } from '#lib/persons/merge/merge-fields.ts';
import { newRoute } from '#lib/persons/merge/route-choices.ts';
import { seen, standInAgent, type May, type PersonField, type UnseenPart } from '#lib/persons/merge/merge-facts.ts';
import type { PersonRecord } from '#lib/persons/record/person-record.ts';
import { routeContent } from '#lib/routes/editor/content.ts';
import type { MergeUndoInput, PersonRef } from './merge-undo-input.ts';

/** Everything that the undo of a merge depends on. */
export type MergeUndoFacts = {
  survivor: PersonRecord | null;
  /** Phones of the people to recreate that somebody else has now. */
  phonesTaken: string[];
  rules: AccessRule[] | UnseenPart;
  routes: { items: Route[]; missing: string[] } | UnseenPart;
  agents: Agent[] | UnseenPart;
  may: { rules: May; routes: May; agents: May };
  now: number;
};

type Fields = { [field: string]: Json };

/** What the undo recreates of one person, and what it can't. */
export type Reactivation = {
  was: string;
  /** The name, else the first eight characters of the old id. */
  name: string;
  identities: { id: string; platformUserId: string }[];
  /** Handles of identities that the survivor no longer has. */
  elsewhere: string[];
  fields: Fields;
  phoneTaken: string | null;
  rules: { rule: AccessRule; body: AccessRuleBody; drop: string | null }[];
  rulesLeft: number;
  /** `clear`: the stand-in agent is removed. `drop`: the route that the merge created, still unchanged. `created`: it created one. */
  routes: { route: Route; body: RouteBody; clear: boolean; drop: string | null; created: boolean }[];
  routesLeft: Route[];
  owners: { id: string; name: string }[];
};

/** What the undo of a merge does, and what it leaves as it is. */
export type MergeUndoOutcome = {
  /** Those with an identity that the survivor still has. */
  people: Reactivation[];
  /** Names of those without: they are not recreated. */
  nothingOf: string[];
  /** Fields of the survivor that get their value from before the merge. */
  survivorFields: Fields;
  /** Fields of the survivor that are left as they are: edited since the merge, or Omni takes the old value from nobody. */
  kept: { field: PersonField; why: 'changed' | 'unwritable' }[];
  replaced: MergeUndoInput['replaced'];
};

type KnownFacts = MergeUndoFacts & { survivor: PersonRecord };

const equal = (a: unknown, b: unknown) => canonical((a ?? null) as Json) === canonical((b ?? null) as Json);

/** Decides what the undo of a merge does, from the facts of now. Pure. */
export function mergeUndoOutcome(input: MergeUndoInput, facts: KnownFacts): MergeUndoOutcome {
  const person = facts.survivor.person as unknown as Fields;
  const changed = input.fields.filter(({ field, was }) => !equal(person[field], was));
  const ours = changed.filter(({ field, wrote }) => equal(person[field], wrote));
  const restorable = ours.filter(({ field, was }) => writable(field, was));
  const survivorFields = Object.fromEntries(restorable.map(({ field, was }) => [field, was]));
  const all = input.people.map((ref) => reactivationOf(ref, input, facts, survivorFields));
  return {
    people: all.filter(({ identities }) => identities.length > 0),
    nothingOf: all.filter(({ identities }) => identities.length === 0).map(({ name }) => name),
    survivorFields,
    kept: [
      ...changed.filter((each) => !ours.includes(each)).map(({ field }) => ({ field, why: 'changed' as const })),
      ...ours.filter((each) => !restorable.includes(each)).map(({ field }) => ({ field, why: 'unwritable' as const })),
    ],
    replaced: input.replaced.filter(({ id, wrote }) => {
      const now = routeNow(facts, id);
      return facts.may.routes !== 'no' && now !== undefined && holdsSettings(now, wrote);
    }),
  };
}

function reactivationOf(
  ref: PersonRef,
  input: MergeUndoInput,
  facts: KnownFacts,
  survivorFields: Fields,
): Reactivation {
  const held = new Set(facts.survivor.identities.map(({ id }) => id));
  const { primaryPhone, displayName } = ref.fields;
  const phoneAfter = { ...(facts.survivor.person as unknown as Fields), ...survivorFields }.primaryPhone;
  const taken =
    typeof primaryPhone === 'string' && (facts.phonesTaken.includes(primaryPhone) || phoneAfter === primaryPhone);
  const fields = Object.entries(ref.fields).filter(
    ([field, value]) => writable(field as PersonField, value) && !(field === 'primaryPhone' && taken),
  );
  const rules = rulesToCreate(ref, input.survivor, facts);
  const routes = routesToCreate(ref, facts);
  return {
    was: ref.was,
    name: calledAmong(
      {
        id: ref.was,
        name: visibleName(typeof displayName === 'string' ? displayName : null),
        facts: [primaryPhone, ...ref.identities.map(({ platformUserId }) => userOf(platformUserId))].filter(isText),
      },
      [namedOf(facts.survivor)],
      `${ref.was.slice(0, 8)}…`,
    ),
    identities: ref.identities.filter(({ id }) => held.has(id)),
    elsewhere: ref.identities.filter(({ id }) => !held.has(id)).map(({ platformUserId }) => platformUserId),
    fields: Object.fromEntries(fields),
    phoneTaken: taken ? primaryPhone : null,
    rules,
    rulesLeft: ref.rules.length - rules.length,
    routes,
    routesLeft: ref.routes.flatMap(({ route }) => (routes.some((each) => each.route === route) ? [] : route)),
    owners: ownersToRestore(ref, input.survivor, facts),
  };
}

function rulesToCreate(ref: PersonRef, survivor: string, { rules, may, now }: MergeUndoFacts): Reactivation['rules'] {
  if (may.rules === 'no') return [];
  return ref.rules.flatMap(({ rule, created }) => {
    const body = ruleFor(rule, ref.was);
    const expired = rule.expiresAt !== null && Date.parse(rule.expiresAt) <= now;
    if (!body || expired) return [];
    const there = created !== null && seen(rules) ? rules.find(({ id }) => id === created) : undefined;
    const same = there?.personId === survivor && equal(ruleContent(there), ruleContent(rule));
    return { rule, body, drop: there && same ? there.id : null };
  });
}

function routesToCreate(ref: PersonRef, facts: MergeUndoFacts): Reactivation['routes'] {
  const { may, routes, agents } = facts;
  if (may.routes === 'no') return [];
  const isGone = (id: string | null) =>
    id !== null && seen(agents) && agents.length < AGENTS_LIMIT && !agents.some((a) => a.id === id);
  return ref.routes.flatMap(({ route, created }) => {
    const agent = route.agentId ?? standInAgent({ agents, routes });
    const body = agent && !isGone(route.agentId) ? newRoute(route, ref.was, agent) : null;
    if (!body) return [];
    const there = created === null ? undefined : routeNow(facts, created);
    const same = there !== undefined && equal(routeContent(there), routeContent(route));
    return { route, body, clear: route.agentId === null, drop: same ? there.id : null, created: created !== null };
  });
}

function routeNow({ routes }: MergeUndoFacts, id: string): Route | undefined {
  return seen(routes) ? routes.items.find((route) => route.id === id) : undefined;
}

function holdsSettings(route: Route, patch: Fields): boolean {
  const now = { ...route, ...routeContent(route) } as unknown as Fields;
  return Object.entries(patch).every(([name, value]) => equal(now[name], value));
}

function ownersToRestore(ref: PersonRef, survivor: string, { agents, may }: MergeUndoFacts): Reactivation['owners'] {
  if (may.agents === 'no' || !seen(agents)) return [];
  const free = (id: string) =>
    agents.some((agent) => agent.id === id && (agent.ownerId === survivor || !agent.ownerId));
  return ref.owned.filter(({ id }) => free(id));
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}
