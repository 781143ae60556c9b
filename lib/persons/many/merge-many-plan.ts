import { z } from 'zod';
import type { Json, Plan, PlannedStep, Text } from '#lib/operations/plan/define.ts';
import { planMerge } from '#lib/persons/merge/merge-plan.ts';
import { factsAfter } from '#lib/persons/merge/merge-predict.ts';
import type { MergeInput, MergeFacts } from '#lib/persons/merge/merge-facts.ts';
import { calledApart, type PersonRecord } from '#lib/persons/record/person-record.ts';

/** At most so many duplicates in one plan: each merge takes several calls, and Omni allows 300 a minute. */
export const MOST_AT_ONCE = 20;

const id = z.uuid().toLowerCase();

/** Several people merged into one, in this order. The survivor takes from each what they do not have yet. */
export const mergeManyInput = z.strictObject({
  survivor: id,
  duplicates: z.array(id).min(1).max(MOST_AT_ONCE),
  reason: z.string().trim().max(500),
});

export type MergeManyInput = z.infer<typeof mergeManyInput>;

/** As for one merge, with every duplicate. */
export type MergeManyFacts = { shared: Omit<MergeFacts, 'duplicate'>; duplicates: (PersonRecord | null)[] };

/** One merge of the chain, with the facts that it is predicted to find. */
export type MergePair = { input: MergeInput; facts: MergeFacts };

/** The merges one after the other. Pure: each starts from the facts the one before is predicted to leave. */
export function pairsOf(input: MergeManyInput, { shared, duplicates }: MergeManyFacts): MergePair[] {
  const pairs: MergePair[] = [];
  let facts: MergeFacts = { ...shared, duplicate: null };
  for (const [index, person] of duplicates.entries()) {
    const one = {
      duplicate: input.duplicates[index] ?? '',
      survivor: input.survivor,
      reason: input.reason,
      fields: {},
      routes: {},
    };
    facts = { ...facts, duplicate: person };
    pairs.push({ input: one, facts });
    facts = factsAfter(one, facts);
  }
  return pairs;
}

/** The arguments of a step of the chain: which merge it belongs to, and the arguments it has there. */
export type ChainArgs = { pair: number; args: Json };

/** What merging several people does. Refused as a whole when one of the merges would be. Pure. */
export function planMergeMany(input: MergeManyInput, facts: MergeManyFacts): Plan {
  const twice = new Set([input.survivor, ...input.duplicates]).size !== input.duplicates.length + 1;
  if (twice) return refused({ key: 'merge.refused-self' }, { key: 'merge-many.title-unknown' }, input);
  const plans = pairsOf(input, facts).map((pair) => ({ ...pair, plan: planMerge(pair.input, pair.facts) }));
  const people = [facts.shared.survivor, ...plans.map((one) => one.facts.duplicate)].filter((one) => one !== null);
  const names = new Map(calledApart(people).map((name, at) => [people[at]?.person.id, name]));
  const called = ({ person }: PersonRecord) => names.get(person.id) ?? '';
  const stopped = plans.find(({ plan }) => plan.refusal);
  if (stopped?.plan.refusal) {
    const { duplicate } = stopped.facts;
    const title = duplicate
      ? { key: 'merge-many.title-refused', values: { name: called(duplicate) } }
      : { key: 'merge-many.title-unknown' };
    return refused(stopped.plan.refusal, title, input);
  }
  const grouped = (part: 'moves' | 'losses' | 'warnings'): Text[] =>
    plans.flatMap(({ plan, facts: { duplicate } }) =>
      plan[part].length > 0 && duplicate
        ? [{ key: 'merge-many.of', values: { name: called(duplicate) }, head: true as const }, ...plan[part]]
        : [],
    );
  const losses = grouped('losses');
  const unknowns = plans.flatMap(({ plan }) => plan.unknowns);
  return {
    title: {
      key: 'merge-many.title',
      values: {
        count: input.duplicates.length,
        survivor: facts.shared.survivor ? called(facts.shared.survivor) : '',
      },
    },
    effects: plans.map(({ plan }) => plan.effects),
    steps: plans.flatMap(({ plan }, pair) => plan.steps.map((step) => inChain(step, pair))),
    moves: grouped('moves'),
    losses,
    unknowns: summedUp(unknowns),
    warnings: grouped('warnings'),
    ...(losses.length > 0 ? { typed: { word: 'merge' as const } } : {}),
    command: { omni: plans.flatMap(({ plan }) => ('omni' in plan.command ? plan.command.omni : [])).join('\n') },
  };
}

function inChain(step: PlannedStep, pair: number): PlannedStep {
  return { ...step, id: `${pair}/${step.id}`, args: { pair, args: step.args } };
}

/** Each unknown once, with the sum of its counts. */
function summedUp(texts: readonly Text[]): Text[] {
  const byKey = new Map<string, Text>();
  for (const text of texts) {
    const known = byKey.get(text.key);
    const [was, more] = [known?.values?.count, text.values?.count];
    const counted = typeof was === 'number' && typeof more === 'number';
    byKey.set(text.key, counted ? { ...text, values: { ...text.values, count: was + more } } : text);
  }
  return [...byKey.values()];
}

function refused(refusal: Text, title: Text, input: MergeManyInput): Plan {
  return {
    title,
    refusal,
    effects: { refusal: refusal.key, survivor: input.survivor, duplicates: input.duplicates },
    steps: [],
    moves: [],
    losses: [],
    unknowns: [],
    warnings: [],
    command: { none: { key: 'merge.no-command' } },
  };
}
