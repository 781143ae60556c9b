import { outcomeOf, bothThere } from './merge-outcome.ts';
import { planMerge } from './merge-plan.ts';
import type { MergeInput, MergeFacts } from './merge-facts.ts';

/** What a merge in one direction loses while nothing is chosen. */
export type Cost = {
  refused: boolean;
  fields: number;
  rules: number;
  routes: number;
  owners: number;
  messages: number;
};

/** Both directions and which one is better. `why`: what decided, in the order things matter. */
export type Advice = {
  better: 'this' | 'other' | 'either';
  why: 'refused' | 'loses' | 'history' | 'older' | 'equal';
  this: Cost;
  other: Cost;
};

const LOST_RULES = ['lost', 'unwritable', 'unblocks', 'outranked'];
const LOST_ROUTES = ['lost', 'kept', 'no_agent', 'unwritable'];

/** Which of two people is better kept: the direction that is possible, loses least, keeps more history, keeps the older record. Pure. */
export function adviseMerge(survivor: string, duplicate: string, facts: MergeFacts): Advice {
  const swapped = { ...facts, duplicate: facts.survivor, survivor: facts.duplicate };
  const [here, there] = [costOf(survivor, duplicate, facts), costOf(duplicate, survivor, swapped)];
  const both = { this: here, other: there };
  const lost = ({ fields, rules, routes, owners }: Cost) => fields + rules + routes + owners;
  const than = (a: number, b: number, why: Advice['why']): Advice | null =>
    a === b ? null : { better: a < b ? 'this' : 'other', why, ...both };
  const age = (record: MergeFacts['survivor']) => Date.parse(record?.person.createdAt ?? '') || 0;
  return (
    than(Number(here.refused), Number(there.refused), 'refused') ??
    than(lost(here), lost(there), 'loses') ??
    than(here.messages, there.messages, 'history') ??
    than(age(facts.survivor), age(facts.duplicate), 'older') ?? { better: 'either', why: 'equal', ...both }
  );
}

function costOf(survivor: string, duplicate: string, facts: MergeFacts): Cost {
  const input: MergeInput = { survivor, duplicate, reason: '', fields: {}, routes: {} };
  const refused = planMerge(input, facts).refusal !== undefined;
  if (!bothThere(facts)) return { refused, fields: 0, rules: 0, routes: 0, owners: 0, messages: 0 };
  const outcome = outcomeOf(input, facts);
  const count = (choices: { choice: string }[], lost: string[]) =>
    choices.filter(({ choice }) => lost.includes(choice)).length;
  return {
    refused,
    fields: outcome.fields.filter(({ lost }) => lost !== null && lost !== '').length,
    rules: count(outcome.rules, LOST_RULES),
    routes: count(outcome.routes, LOST_ROUTES),
    owners: outcome.owned.length - outcome.movedOwners.length,
    messages: facts.duplicate.identities.reduce((sum, { messageCount }) => sum + messageCount, 0),
  };
}
