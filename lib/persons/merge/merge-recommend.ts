import { planMerge } from './merge-plan.ts';
import type { MergeFacts } from './merge-facts.ts';

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
  const plan = planMerge({ survivor, duplicate, reason: '', fields: {}, routes: {} }, facts);
  const lost = plan.effects.filter(({ kept }) => kept === 'no');
  const count = (what: string) => lost.filter((one) => one.what.startsWith(what)).length;
  return {
    refused: plan.refusal !== undefined,
    fields: count('field-'),
    rules: count('rule-'),
    routes: count('route-'),
    owners: count('owner-'),
    messages: lost.reduce((sum, { history, count: messages = 0 }) => (history ? sum + messages : sum), 0),
  };
}
