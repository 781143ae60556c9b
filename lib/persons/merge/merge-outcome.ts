import type { AccessRule } from '#lib/omni/schemas/access.ts';
import type { Agent } from '#lib/omni/schemas/agents.ts';
import type { Person } from '#lib/omni/schemas/persons.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { fieldChoices, type FieldChoice } from './merge-fields.ts';
import { routeChoices, type RouteChoice } from './merge-choices.ts';
import { ruleChoices, type RuleChoice } from './merge-choices.ts';
import { standInAgent, routesSeen, type MergeInput, type MergeFacts } from './merge-facts.ts';
import { mapSeen, seenOr } from '#lib/omni/seen.ts';
import type { PersonRecord } from '#lib/persons/record/person-record.ts';

/** What a merge does with everything of the two people. */
export type MergeOutcome = {
  fields: FieldChoice[];
  /** The fields that are written to the survivor. */
  changed: FieldChoice[];
  rules: RuleChoice[];
  routes: RouteChoice[];
  owned: Agent[];
  /** Of those, the agents that get the survivor as owner. */
  movedOwners: Agent[];
  agent: string | null;
};

/** Decides it from the input and the facts. Pure. */
export function outcomeOf(
  input: MergeInput,
  facts: MergeFacts & { duplicate: PersonRecord; survivor: PersonRecord },
): MergeOutcome {
  const { duplicate, survivor } = input;
  const agent = standInAgent(facts);
  const question = { duplicate, survivor, choices: input.routes, may: facts.may.routes, agent };
  const fields = fieldChoices(facts.survivor.person, facts.duplicate.person, input.fields);
  const owned = seenOr(facts.agents, []).filter(({ ownerId }) => ownerId === duplicate);
  return {
    fields,
    changed: fields.filter(({ keep }) => keep === 'duplicate'),
    rules: ruleChoices(seenOr(facts.rules, []), duplicate, facts.may.rules, facts.now),
    routes: routeChoices(routesSeen(facts.routes), question),
    owned,
    movedOwners: facts.may.agents === 'no' ? [] : owned,
    agent,
  };
}

/** Whether both people exist. */
export function bothThere(
  facts: MergeFacts,
): facts is MergeFacts & { duplicate: PersonRecord; survivor: PersonRecord } {
  return facts.duplicate !== null && facts.survivor !== null;
}

/** The facts after a merge, as its plan predicts them. Routes it creates have the id `created:<id of the route they copy>`; rules keep theirs. Pure. */
export function factsAfter(input: MergeInput, before: MergeFacts): MergeFacts {
  if (!bothThere(before)) return before;
  const outcome = outcomeOf(input, before);
  return {
    ...before,
    duplicate: null,
    survivor: recordAfter(before, outcome),
    rules: mapSeen(before.rules, (rules) => rulesAfter(rules, input, outcome)),
    routes: mapSeen(before.routes, (routes) => ({ ...routes, items: routesAfter(routes.items, input, outcome) })),
    agents: mapSeen(before.agents, (agents) =>
      agents.map((agent) => {
        if (agent.ownerId !== input.duplicate) return agent;
        return { ...agent, ownerId: outcome.movedOwners.includes(agent) ? input.survivor : null };
      }),
    ),
  };
}

function recordAfter(
  { duplicate, survivor }: { duplicate: PersonRecord; survivor: PersonRecord },
  { fields }: MergeOutcome,
): PersonRecord {
  const written = Object.fromEntries(fields.map(({ field, result }) => [field, result]));
  const moved = duplicate.identities.map((identity) => ({ ...identity, personId: survivor.person.id }));
  return { person: { ...survivor.person, ...written } as Person, identities: [...survivor.identities, ...moved] };
}

function rulesAfter(
  rules: readonly AccessRule[],
  { duplicate, survivor }: MergeInput,
  outcome: MergeOutcome,
): AccessRule[] {
  const moved = new Set(outcome.rules.flatMap(({ rule, choice }) => (choice === 'move' ? rule.id : [])));
  return rules
    .filter(({ id, personId }) => personId !== duplicate || moved.has(id))
    .map((rule) => (moved.has(rule.id) ? { ...rule, personId: survivor } : rule));
}

function routesAfter(routes: readonly Route[], { duplicate, survivor }: MergeInput, outcome: MergeOutcome): Route[] {
  const taken = new Map(
    outcome.routes.flatMap(({ choice, route, other }) => (choice === 'replace' && other ? [[other.id, route]] : [])),
  );
  const created = outcome.routes.filter(({ choice }) => choice === 'recreate');
  return [
    ...routes
      .filter(({ personId }) => personId !== duplicate)
      .map((route) => {
        const settings = taken.get(route.id);
        return settings ? { ...settings, id: route.id, personId: survivor } : route;
      }),
    ...created.map(({ route }) => ({
      ...route,
      id: `created:${route.id}`,
      personId: survivor,
      agentSendMediaPathTypes: null,
    })),
  ];
}
