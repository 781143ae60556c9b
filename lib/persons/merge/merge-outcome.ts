import type { Agent } from '#lib/omni/schemas/agents.ts';
import { fieldChoices, type FieldChoice } from './merge-fields.ts';
import { routeFates, type RouteFate } from './route-choices.ts';
import { ruleFates, type RuleFate } from './merge-rules.ts';
import { agentAtHand, seen, type MergeInput, type MergeWorld, type Side } from './merge-facts.ts';

/** What becomes of everything that hangs on two people who are joined. */
export type MergeOutcome = {
  fields: FieldChoice[];
  /** The fields that are written to the survivor. */
  changed: FieldChoice[];
  rules: RuleFate[];
  routes: RouteFate[];
  owned: Agent[];
  /** Of those, the agents that get the survivor as owner. */
  movedOwners: Agent[];
  agent: string | null;
};

/** Decides it, from what was chosen and what can be seen. Pure. */
export function outcomeOf(input: MergeInput, world: MergeWorld & { goes: Side; stays: Side }): MergeOutcome {
  const { goes, stays } = input;
  const agent = agentAtHand(world);
  const question = { goes, stays, choices: input.routes, may: world.may.routes, agent };
  const fields = fieldChoices(world.stays.person, world.goes.person, input.fields);
  const owned = seen(world.agents) ? world.agents.filter(({ ownerId }) => ownerId === goes) : [];
  return {
    fields,
    changed: fields.filter(({ keep }) => keep === 'goes'),
    rules: seen(world.rules) ? ruleFates(world.rules, goes, world.may.rules, world.now) : [],
    routes: seen(world.routes) ? routeFates(world.routes.items, question) : [],
    owned,
    movedOwners: world.may.agents === 'no' ? [] : owned,
    agent,
  };
}

/** Whether both people are there to be joined. */
export function bothThere(world: MergeWorld): world is MergeWorld & { goes: Side; stays: Side } {
  return world.goes !== null && world.stays !== null;
}
