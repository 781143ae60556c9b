import { z } from 'zod';
import type { Effect } from '#lib/operations/effects/effect.ts';
import { thing } from '#lib/operations/effects/value.ts';
import type { EffectPlan, PlannedStep, Text } from '#lib/operations/plan/define.ts';
import { askingFor, planMerge } from '#lib/persons/merge/merge-plan.ts';
import { factsAfter } from '#lib/persons/merge/merge-outcome.ts';
import type { MergeInput, MergeFacts } from '#lib/persons/merge/merge-facts.ts';
import type { ManyRefused, RefusedMerge } from './refused.ts';
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
export const chainArgs = z.object({ pair: z.number(), args: z.json() });

/** What merging several people does. Refused as a whole when one of the merges would be. Pure. */
export function planMergeMany(input: MergeManyInput, facts: MergeManyFacts): EffectPlan {
  const twice = new Set([input.survivor, ...input.duplicates]).size !== input.duplicates.length + 1;
  if (twice) return refused({ key: 'merge.refused-self' }, { key: 'merge-many.title-unknown' }, input);
  const plans = pairsOf(input, facts).map((pair) => ({ ...pair, plan: planMerge(pair.input, pair.facts) }));
  const people = [facts.shared.survivor, ...plans.map((one) => one.facts.duplicate)].filter((one) => one !== null);
  const names = new Map(calledApart(people).map((name, at) => [people[at]?.person.id ?? '', name]));
  const called = (id: string) => names.get(id.toLowerCase()) ?? '';
  const stopped = plans.flatMap((one) =>
    one.plan.refusal ? [{ ...one, why: named(one.plan.refusal, one, called) }] : [],
  );
  const [first] = stopped;
  if (first) {
    const title = first.facts.duplicate
      ? { key: 'merge-many.title-refused', values: { name: called(first.input.duplicate) } }
      : { key: 'merge-many.title-unknown' };
    const all: RefusedMerge[] = stopped.map(({ input: { duplicate }, why }) => ({ duplicate, why }));
    return { ...refused(first.why, title, input), data: { refused: all } satisfies ManyRefused };
  }
  const count = input.duplicates.length;
  const all = plans.flatMap(({ plan, input: { duplicate } }) =>
    plan.effects.map((one) => ({ ...one, under: thing('person', duplicate, called(duplicate)) })),
  );
  const effects = [...summedUp(all.filter(isOfAll)), ...all.filter((one) => !isOfAll(one))];
  return {
    title: { key: 'merge-many.title', values: { count, survivor: called(input.survivor) } },
    effects: effects.map((one) => askingFor(one, String(count))),
    relies: plans.map(({ plan }) => plan.relies),
    steps: plans.flatMap(({ plan }, pair) => plan.steps.map((step) => inChain(step, pair))),
    verb: 'merge',
    opens: thing('person', input.survivor, called(input.survivor)),
  };
}

/** Why one of the merges is refused; its `name` is what the person is called among all. */
function named(refusal: Text, { input }: MergePair, called: (id: string) => string): Text {
  return 'name' in (refusal.values ?? {})
    ? { ...refusal, values: { ...refusal.values, name: called(input.duplicate) } }
    : refusal;
}

function inChain(step: PlannedStep, pair: number): PlannedStep {
  return { ...step, id: `${pair}/${step.id}`, args: { pair, args: step.args } };
}

/** What is true of all duplicates alike, and is said once. */
function isOfAll({ what, history }: Effect): boolean {
  return history === true || what.includes('not-seen') || what === 'routes-not-shown';
}

/** Each of these once, with the sum of its counts. */
function summedUp(effects: readonly Effect[]): Effect[] {
  const byWhat = new Map<string, Effect>();
  for (const { under: _, ...one } of effects) {
    const known = byWhat.get(one.what)?.count;
    byWhat.set(one.what, known === undefined ? one : { ...one, count: known + (one.count ?? 0) });
  }
  return [...byWhat.values()];
}

function refused(refusal: Text, title: Text, input: MergeManyInput): EffectPlan {
  return {
    title,
    refusal,
    effects: [],
    relies: { refusal: refusal.key, survivor: input.survivor, duplicates: input.duplicates },
    steps: [],
    verb: 'merge',
  };
}
