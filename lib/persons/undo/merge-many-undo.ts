import 'server-only';
import { z } from 'zod';
import { ok } from '#lib/omni/result.ts';
import {
  defineOperation,
  translated,
  type Check,
  type EffectPlan,
  type Json,
  type Step,
  type StepContext,
} from '#lib/operations/plan/define.ts';
import { withBroughtBack } from '#lib/persons/directory/merged-into.ts';
import { mergeManyUndoInput, type MergeManyUndoInput } from './merge-undo-input.ts';
import { undoMerge } from './merge-undo.ts';
import { jsonValue } from '#lib/omni/json.ts';

/** What the undo of each group depends on. */
type ManyUndoFacts = { groups: unknown[] };

type Context = StepContext<MergeManyUndoInput, ManyUndoFacts>;

/** The arguments of a step: of which group's undo it is, and those it has there. */
const groupArgs = z.object({ group: z.number(), args: jsonValue });

/** A step of one group's undo gets that undo's input, facts and results. */
function stepOfGroup(code: Step): Step<MergeManyUndoInput, ManyUndoFacts> {
  const own = ({ input, before, args }: Pick<Context, 'input' | 'before' | 'args'>) => {
    const { group, args: inner } = groupArgs.parse(args);
    return { group, input: input.groups[group], before: before.groups[group], args: inner };
  };
  return translated<unknown, unknown, MergeManyUndoInput, ManyUndoFacts>(
    code,
    (context) => {
      const { group, ...rest } = own(context);
      return { ...context, ...rest, mark: markOf(context.mark, group), results: resultsOf(context.results, group) };
    },
    (at) => {
      const { group, ...rest } = own(at);
      return { ...at, ...rest, created: (id) => at.created(`${group}/${id}`) };
    },
  );
}

const markOf = (mark: string, group: number) => `${mark.slice(0, -1)} ${group}]`;

function resultsOf(results: Context['results'], group: number): Record<string, Json | undefined> {
  const prefix = `${group}/`;
  const own = Object.entries(results).filter(([id]) => id.startsWith(prefix));
  return Object.fromEntries(own.map(([id, result]) => [id.slice(prefix.length), result]));
}

/** Undoes the merges of several groups in one plan: the undo of each, one after the other. Refused as a whole when one of them would be. */
export const undoMergeMany = defineOperation<MergeManyUndoInput, ManyUndoFacts>({
  name: 'persons.merge-many-undo',
  scopes: ['persons:write'],
  input: mergeManyUndoInput,
  subjects: ({ groups }) => groups.flatMap((one) => undoMerge.subjects(one)),
  contacts: ({ groups }, facts) => groups.flatMap((one, at) => undoMerge.contacts?.(one, facts.groups[at]) ?? []),
  async read({ groups }, omni, scopes, db) {
    const facts: unknown[] = [];
    for (const one of groups) {
      const read = await undoMerge.read(one, omni, scopes, db);
      if (!read.ok) return read;
      facts.push(read.value);
    }
    return ok({ groups: facts });
  },
  plan({ groups }, facts): EffectPlan {
    const plans = groups.flatMap((one, at) => {
      const plan = undoMerge.plan(one, facts.groups[at]);
      return 'verb' in plan ? [plan] : [];
    });
    const refusal = plans.find((plan) => plan.refusal)?.refusal;
    const count = groups.flatMap(({ people }) => people).length;
    return {
      title: { key: 'merge-many-undo.title', values: { count } },
      effects: refusal ? [] : plans.flatMap(({ effects }) => effects),
      relies: plans.map(({ relies }) => relies ?? null),
      steps: plans.flatMap(({ steps }, group) =>
        steps.map((step) => ({ ...step, id: `${group}/${step.id}`, args: { group, args: step.args } })),
      ),
      notes: plans.flatMap(({ notes = [] }) => notes),
      ...(refusal ? { refusal } : {}),
      verb: 'undo',
    };
  },
  steps: Object.fromEntries(Object.entries(undoMerge.steps).map(([kind, code]) => [kind, stepOfGroup(code)])),
  async verify({ input: { groups }, before, results, mark, ...rest }): Promise<Check[]> {
    const checks = await Promise.all(
      groups.map((input, at) =>
        undoMerge.verify({
          ...rest,
          input,
          before: before.groups[at],
          results: resultsOf(results, at),
          mark: markOf(mark, at),
        }),
      ),
    );
    return checks.flat();
  },
  async today({ groups }, db, reader) {
    return { groups: await Promise.all(groups.map((one) => withBroughtBack(one, ['survivor'], db, reader))) };
  },
  undo({ input: { groups }, before, results }) {
    const again = groups.map((input, at) =>
      undoMerge.undo({ input, before: before.groups[at], results: resultsOf(results, at) }),
    );
    const merges = again.flatMap((one) => ('input' in one ? [merged.parse(one.input)] : []));
    const [first, ...also] = merges.toReversed();
    if (!first || merges.length < groups.length) return { impossible: { key: 'merge.no-undo' } };
    return { operation: 'persons.merge-many', input: { ...first, also, reason: 'Merged again' } };
  },
});

/** Who was merged into whom, as the redo of one group says it: one duplicate, or several. */
const merged = z
  .object({ survivor: z.string(), duplicate: z.string().optional(), duplicates: z.array(z.string()).optional() })
  .transform(({ survivor, duplicate, duplicates }) => ({ survivor, duplicates: duplicates ?? [duplicate ?? ''] }));
