import type { AccessRule } from '#lib/omni/schemas/access.ts';
import type { Person } from '#lib/omni/schemas/persons.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { bothThere, outcomeOf, type MergeOutcome } from './merge-outcome.ts';
import { seen, type MergeInput, type MergeWorld, type Side } from './merge-facts.ts';

/** The world after a merge of these two, as its plan has it. What is made meanwhile is called `made:<id of what it replaces>`. Pure. */
export function worldAfter(input: MergeInput, before: MergeWorld): MergeWorld {
  if (!bothThere(before)) return before;
  const outcome = outcomeOf(input, before);
  return {
    ...before,
    goes: null,
    stays: sideAfter(before, outcome),
    rules: seen(before.rules) ? rulesAfter(before.rules, input, outcome) : before.rules,
    routes: seen(before.routes)
      ? { ...before.routes, items: routesAfter(before.routes.items, input, outcome) }
      : before.routes,
    agents: seen(before.agents)
      ? before.agents.map((agent) => {
          if (agent.ownerId !== input.goes) return agent;
          return { ...agent, ownerId: outcome.movedOwners.includes(agent) ? input.stays : null };
        })
      : before.agents,
  };
}

function sideAfter({ goes, stays }: { goes: Side; stays: Side }, { fields }: MergeOutcome): Side {
  const written = Object.fromEntries(fields.map(({ field, result }) => [field, result]));
  const moved = goes.identities.map((identity) => ({ ...identity, personId: stays.person.id }));
  return { person: { ...stays.person, ...written } as Person, identities: [...stays.identities, ...moved] };
}

function rulesAfter(rules: readonly AccessRule[], { goes, stays }: MergeInput, outcome: MergeOutcome): AccessRule[] {
  const made = outcome.rules.filter(({ fate }) => fate === 'recreate');
  return [
    ...rules.filter(({ personId }) => personId !== goes),
    ...made.map(({ rule }) => ({ ...rule, id: `made:${rule.id}`, personId: stays })),
  ];
}

function routesAfter(routes: readonly Route[], { goes, stays }: MergeInput, outcome: MergeOutcome): Route[] {
  const taken = new Map(
    outcome.routes.flatMap(({ fate, route, other }) => (fate === 'replace' && other ? [[other.id, route]] : [])),
  );
  const made = outcome.routes.filter(({ fate }) => fate === 'recreate');
  return [
    ...routes
      .filter(({ personId }) => personId !== goes)
      .map((route) => {
        const settings = taken.get(route.id);
        return settings ? { ...settings, id: route.id, personId: stays } : route;
      }),
    ...made.map(({ route }) => ({ ...route, id: `made:${route.id}`, personId: stays, agentSendMediaPathTypes: null })),
  ];
}
