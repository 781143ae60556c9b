import type { Agent } from '#lib/omni/schemas/agents.ts';
import { fieldChoices, type FieldChoice } from './merge-fields.ts';
import { routeChoices, type RouteChoice } from './route-choices.ts';
import { ruleChoices, type RuleChoice } from './merge-rules.ts';
import { standInAgent, seen, type MergeInput, type MergeFacts } from './merge-facts.ts';
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
  const owned = seen(facts.agents) ? facts.agents.filter(({ ownerId }) => ownerId === duplicate) : [];
  return {
    fields,
    changed: fields.filter(({ keep }) => keep === 'duplicate'),
    rules: seen(facts.rules) ? ruleChoices(facts.rules, duplicate, facts.may.rules, facts.now) : [],
    routes: seen(facts.routes) ? routeChoices(facts.routes.items, question) : [],
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
