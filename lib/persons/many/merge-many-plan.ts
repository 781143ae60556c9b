import { z } from 'zod';
import type { Effect } from '#lib/operations/effects/effect.ts';
import { textValue, thing } from '#lib/operations/effects/value.ts';
import type { EffectPlan, PlannedStep, Text } from '#lib/operations/plan/define.ts';
import { askingFor, planMerge } from '#lib/persons/merge/merge-plan.ts';
import { factsAfter } from '#lib/persons/merge/merge-outcome.ts';
import type { MergeInput, MergeFacts } from '#lib/persons/merge/merge-facts.ts';
import type { ManyRefused, RefusedMerge } from './refused.ts';
import { calledApart, type PersonRecord } from '#lib/persons/record/person-record.ts';
import { jsonValue } from '#lib/omni/json.ts';

/** At most so many duplicates in one plan: each merge takes several calls, and Omni allows 300 a minute. */
export const MOST_AT_ONCE = 20;

const id = z.uuid().toLowerCase();

const group = z.strictObject({ survivor: id, duplicates: z.array(id).min(1).max(MOST_AT_ONCE) });

/** People who are merged into one of them, in this order. The survivor takes from each what they do not have yet. */
export type MergeGroup = z.infer<typeof group>;

const groups = group.extend({ also: z.array(group).min(1).max(MOST_AT_ONCE).optional() });

type MergeGroups = z.infer<typeof groups>;

/** All groups of a plan. */
export function mergeGroups({ survivor, duplicates, also = [] }: MergeGroups): MergeGroup[] {
  return [{ survivor, duplicates }, ...also];
}

/** Everybody who is merged away. */
export function duplicatesOf(input: MergeGroups): string[] {
  return mergeGroups(input).flatMap(({ duplicates }) => duplicates);
}

/** Several people merged into one; `also`: others merged into others in the same plan. No person stands in it twice. */
export const mergeManyInput = groups
  .extend({ reason: z.string().trim().max(500) })
  .refine((input) => duplicatesOf(input).length <= MOST_AT_ONCE, 'too_many');

export type MergeManyInput = z.infer<typeof mergeManyInput>;

type GroupRecords = { survivor: PersonRecord | null; duplicates: (PersonRecord | null)[] };

/** As for one merge, with every duplicate; `also` has those of the other groups. */
export type MergeManyFacts = {
  shared: Omit<MergeFacts, 'duplicate'>;
  duplicates: (PersonRecord | null)[];
  also?: GroupRecords[];
};

/** One merge of the chain, with the facts that it is predicted to find. `group`: of which group it is. */
export type MergePair = { input: MergeInput; facts: MergeFacts; group: number };

/**
 * The merges one after the other. Pure: each starts from the facts the one before in its group is predicted to leave. Groups have no person in
 * common, so what one leaves is as it was for the next.
 */
export function pairsOf(input: MergeManyInput, { shared, duplicates, also = [] }: MergeManyFacts): MergePair[] {
  const records: GroupRecords[] = [{ survivor: shared.survivor, duplicates }, ...also];
  return mergeGroups(input).flatMap((own, at) => {
    const pairs: MergePair[] = [];
    let facts: MergeFacts = { ...shared, survivor: records[at]?.survivor ?? null, duplicate: null };
    for (const [index, duplicate] of own.duplicates.entries()) {
      const one = { duplicate, survivor: own.survivor, reason: input.reason, fields: {}, routes: {} };
      facts = { ...facts, duplicate: records[at]?.duplicates[index] ?? null };
      pairs.push({ input: one, facts, group: at });
      facts = factsAfter(one, facts);
    }
    return pairs;
  });
}

/** The arguments of a step of the chain: which merge it belongs to, and the arguments it has there. */
export const chainArgs = z.object({ pair: z.number(), args: jsonValue });

/** What merging several people does. Refused as a whole when one of the merges would be. Pure. */
export function planMergeMany(input: MergeManyInput, facts: MergeManyFacts): EffectPlan {
  const ids = mergeGroups(input).flatMap(({ survivor, duplicates }) => [survivor, ...duplicates]);
  const twice = new Set(ids).size !== ids.length;
  if (twice) return refused({ key: 'merge.refused-self' }, { key: 'merge-many.title-unknown' }, input);
  const plans = pairsOf(input, facts).map((pair) => ({ ...pair, plan: planMerge(pair.input, pair.facts) }));
  const people = [
    facts.shared.survivor,
    ...(facts.also ?? []).map(({ survivor }) => survivor),
    ...plans.map((one) => one.facts.duplicate),
  ].filter((one) => one !== null);
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
  const count = plans.length;
  const several = input.also !== undefined;
  const all = plans.flatMap(({ plan, input: { duplicate, survivor } }) => {
    const name = called(duplicate);
    const under = several ? textValue(`${name} → ${called(survivor)}`) : thing('person', duplicate, name);
    return plan.effects.map((one) => ({ ...one, under }));
  });
  const effects = [...summedUp(all.filter(isOfAll)), ...all.filter((one) => !isOfAll(one))];
  return {
    title: several
      ? { key: 'merge-many.title-groups', values: { count } }
      : { key: 'merge-many.title', values: { count, survivor: called(input.survivor) } },
    effects: effects.map((one) => askingFor(one, String(count))),
    relies: plans.map(({ plan }) => plan.relies),
    steps: plans.flatMap(({ plan }, pair) => plan.steps.map((step) => inChain(step, pair))),
    verb: 'merge',
    ...(several ? {} : { opens: thing('person', input.survivor, called(input.survivor)) }),
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
    relies: { refusal: refusal.key, groups: mergeGroups(input) },
    steps: [],
    verb: 'merge',
  };
}
