import { z } from 'zod';
import type { Json, Plan, PlannedStep, Text } from '#lib/operations/plan/define.ts';
import { calledBy, planMerge } from '#lib/persons/merge/merge-plan.ts';
import { worldAfter } from '#lib/persons/merge/merge-predict.ts';
import type { MergeInput, MergeWorld, Side } from '#lib/persons/merge/merge-facts.ts';

/** As many as are joined at once: each is a chain of calls, and Omni takes 300 a minute. */
export const MOST_AT_ONCE = 20;

const id = z.uuid().toLowerCase();

/** Several people into one. Each keeps what the one who stays does not have yet, in this order. */
export const mergeManyInput = z.strictObject({
  stays: id,
  goes: z.array(id).min(1).max(MOST_AT_ONCE),
  reason: z.string().trim().max(500),
});

export type MergeManyInput = z.infer<typeof mergeManyInput>;

/** As for one merge, with everybody who goes. */
export type MergeManyWorld = { shared: Omit<MergeWorld, 'goes'>; goes: (Side | null)[] };

/** One merge of the chain, with the world as it will be when its turn comes. */
export type Pair = { input: MergeInput; world: MergeWorld };

/** The merges one after the other. Pure: each starts from the world the one before is predicted to leave. */
export function pairsOf(input: MergeManyInput, { shared, goes }: MergeManyWorld): Pair[] {
  const pairs: Pair[] = [];
  let world: MergeWorld = { ...shared, goes: null };
  for (const [index, person] of goes.entries()) {
    const one = { goes: input.goes[index] ?? '', stays: input.stays, reason: input.reason, fields: {}, routes: {} };
    world = { ...world, goes: person };
    pairs.push({ input: one, world });
    world = worldAfter(one, world);
  }
  return pairs;
}

/** A step of the chain: which merge it belongs to, and what that merge calls it. */
export type ChainArgs = { pair: number; args: Json };

/** What joining several people does. Refused as a whole when one of the merges would be. Pure. */
export function planMergeMany(input: MergeManyInput, world: MergeManyWorld): Plan {
  const twice = new Set([input.stays, ...input.goes]).size !== input.goes.length + 1;
  if (twice) return refused({ key: 'merge.refused-self' }, { key: 'many.title-unknown' }, input);
  const plans = pairsOf(input, world).map((pair) => ({ ...pair, plan: planMerge(pair.input, pair.world) }));
  const stopped = plans.find(({ plan }) => plan.refusal);
  if (stopped?.plan.refusal) {
    const { goes } = stopped.world;
    const title = goes
      ? { key: 'many.title-refused', values: { name: calledBy(goes) } }
      : { key: 'many.title-unknown' };
    return refused(stopped.plan.refusal, title, input);
  }
  const grouped = (part: 'moves' | 'losses' | 'warnings'): Text[] =>
    plans.flatMap(({ plan, world: { goes } }) =>
      plan[part].length > 0 && goes
        ? [{ key: 'many.of', values: { name: calledBy(goes) }, head: true as const }, ...plan[part]]
        : [],
    );
  const losses = grouped('losses');
  const unknowns = plans.flatMap(({ plan }) => plan.unknowns);
  return {
    title: {
      key: 'many.title',
      values: { count: input.goes.length, stays: world.shared.stays ? calledBy(world.shared.stays) : '' },
    },
    effects: plans.map(({ plan }) => plan.effects),
    steps: plans.flatMap(({ plan }, pair) => plan.steps.map((step) => inChain(step, pair))),
    moves: grouped('moves'),
    losses,
    unknowns: together(unknowns),
    warnings: grouped('warnings'),
    ...(losses.length > 0 ? { typed: { word: 'merge' as const } } : {}),
    command: { omni: plans.flatMap(({ plan }) => ('omni' in plan.command ? plan.command.omni : [])).join('\n') },
  };
}

function inChain(step: PlannedStep, pair: number): PlannedStep {
  return { ...step, id: `${pair}/${step.id}`, args: { pair, args: step.args } };
}

/** Each unknown once; what is counted is counted together. */
function together(texts: readonly Text[]): Text[] {
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
    effects: { refusal: refusal.key, stays: input.stays, goes: input.goes },
    steps: [],
    moves: [],
    losses: [],
    unknowns: [],
    warnings: [],
    command: { none: { key: 'merge.no-command' } },
  };
}
