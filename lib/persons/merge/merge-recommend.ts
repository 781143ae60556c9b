import { outcomeOf, bothThere } from './merge-outcome.ts';
import { planMerge } from './merge-plan.ts';
import type { MergeInput, MergeWorld } from './merge-facts.ts';

/** What joining in one direction costs with the choices nobody has made yet. */
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

/** Which of two people better stays: the one whose staying is possible, loses least, keeps more history, is older. Pure. */
export function adviseMerge(stays: string, goes: string, world: MergeWorld): Advice {
  const swapped = { ...world, goes: world.stays, stays: world.goes };
  const [here, there] = [costOf(stays, goes, world), costOf(goes, stays, swapped)];
  const both = { this: here, other: there };
  const lost = ({ fields, rules, routes, owners }: Cost) => fields + rules + routes + owners;
  const than = (a: number, b: number, why: Advice['why']): Advice | null =>
    a === b ? null : { better: a < b ? 'this' : 'other', why, ...both };
  const age = (side: MergeWorld['stays']) => Date.parse(side?.person.createdAt ?? '') || 0;
  return (
    than(Number(here.refused), Number(there.refused), 'refused') ??
    than(lost(here), lost(there), 'loses') ??
    than(here.messages, there.messages, 'history') ??
    than(age(world.stays), age(world.goes), 'older') ?? { better: 'either', why: 'equal', ...both }
  );
}

function costOf(stays: string, goes: string, world: MergeWorld): Cost {
  const input: MergeInput = { stays, goes, reason: '', fields: {}, routes: {} };
  const refused = planMerge(input, world).refusal !== undefined;
  if (!bothThere(world)) return { refused, fields: 0, rules: 0, routes: 0, owners: 0, messages: 0 };
  const outcome = outcomeOf(input, world);
  const count = (fates: { fate: string }[], lost: string[]) => fates.filter(({ fate }) => lost.includes(fate)).length;
  return {
    refused,
    fields: outcome.fields.filter(({ lost }) => lost !== null && lost !== '').length,
    rules: count(outcome.rules, LOST_RULES),
    routes: count(outcome.routes, LOST_ROUTES),
    owners: outcome.owned.length - outcome.movedOwners.length,
    messages: world.goes.identities.reduce((sum, { messageCount }) => sum + messageCount, 0),
  };
}
