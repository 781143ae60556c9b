import type { AccessRule } from '#lib/omni/schemas/access.ts';
import type { Person } from '#lib/omni/schemas/persons.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { bothThere, outcomeOf, type MergeOutcome } from './merge-outcome.ts';
import { seen, type MergeInput, type MergeFacts } from './merge-facts.ts';
import type { PersonRecord } from '#lib/persons/record/person-record.ts';

/** The facts after a merge, as its plan predicts them. Routes it creates have the id `created:<id of the route they copy>`; rules keep theirs. Pure. */
export function factsAfter(input: MergeInput, before: MergeFacts): MergeFacts {
  if (!bothThere(before)) return before;
  const outcome = outcomeOf(input, before);
  return {
    ...before,
    duplicate: null,
    survivor: recordAfter(before, outcome),
    rules: seen(before.rules) ? rulesAfter(before.rules, input, outcome) : before.rules,
    routes: seen(before.routes)
      ? { ...before.routes, items: routesAfter(before.routes.items, input, outcome) }
      : before.routes,
    agents: seen(before.agents)
      ? before.agents.map((agent) => {
          if (agent.ownerId !== input.duplicate) return agent;
          return { ...agent, ownerId: outcome.movedOwners.includes(agent) ? input.survivor : null };
        })
      : before.agents,
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
