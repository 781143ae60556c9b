import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { fanOut } from '#lib/omni/paging/fan-out.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { err, ok, type Result } from '#lib/omni/result.ts';
import {
  defineOperation,
  translated,
  type Check,
  type Json,
  type Operation,
  type Step,
  type StepContext,
  type UndoContext,
} from '#lib/operations/plan/define.ts';
import { hasFields, holds } from '#lib/persons/identities/identity-steps.ts';
import { outcomeOf, bothThere } from '#lib/persons/merge/merge-outcome.ts';
import {
  mergeManyInput,
  pairsOf,
  planMergeMany,
  type ChainArgs,
  type MergeManyInput,
  type MergeManyWorld,
  type Pair,
} from './merge-many-plan.ts';
import { readShared, side } from '#lib/persons/merge/merge-read.ts';
import { mergeSteps } from '#lib/persons/merge/merge-steps.ts';
import { checkOwners, checkRoutes, checkRules } from '#lib/persons/merge/merge-verify.ts';
import { worldAfter } from '#lib/persons/merge/merge-predict.ts';
import { touchedByMerge } from '#lib/persons/merge/merge.ts';
import { PERSON_FIELDS, type MergeInput, type MergeWorld } from '#lib/persons/merge/merge-facts.ts';
import { contactsOfSide } from '#lib/persons/identities/unlink.ts';
import { undoOfMerges, type Merged } from '#lib/persons/undo/merge-undo-input.ts';

async function read(
  input: MergeManyInput,
  omni: Omni,
  scopes: readonly string[] | null,
): Promise<Result<MergeManyWorld, OmniError>> {
  const answers = await fanOut(omni, [input.stays, ...input.goes], { concurrency: 6 }, (id) => side(omni, id));
  const failed = answers.find((answer) => answer.state === 'failed');
  if (failed?.state === 'failed') return err(failed.error);
  const [stays, ...goes] = answers.map((answer) => (answer.state === 'ok' ? answer.value : null));
  const shared = await readShared([stays ?? null, ...goes], input.goes, omni, scopes);
  return ok({ shared: { ...shared, stays: stays ?? null }, goes });
}

type Context = StepContext<MergeManyInput, MergeManyWorld>;
/** A step of one merge of the chain sees that merge alone: its people, its world, its results. The first refusal ends the chain. */
function alone(code: Step<MergeInput, MergeWorld>): Step {
  const chained = translated(code, (context) => {
    const { input, before, args, results } = context as Context;
    const { pair, args: own } = args as unknown as ChainArgs;
    const one = pairsOf(input, before)[pair];
    if (!one) throw new Error(`no merge ${pair} in this chain`);
    const mark = `${context.mark.slice(0, -1)} ${pair}]`;
    return { ...context, mark, input: one.input, before: one.world, args: own, results: resultsOf(results, pair) };
  });
  delete chained.independent;
  return chained;
}

function resultsOf(results: Context['results'], pair: number): Record<string, Json | undefined> {
  const prefix = `${pair}/`;
  const own = Object.entries(results).filter(([id]) => id.startsWith(prefix));
  return Object.fromEntries(own.map(([id, result]) => [id.slice(prefix.length), result]));
}

/** Join several people into one: a chain of merges under one plan. The first that fails ends it; those before stand. */
export const mergeManyPersons = defineOperation<MergeManyInput, MergeManyWorld>({
  name: 'persons.merge-many',
  scopes: ['persons:write'],
  input: mergeManyInput,
  subjects: ({ stays, goes }) => [stays, ...goes].map((id) => `person:${id}`),
  subjectsOf: (input, world) => pairsOf(input, world).flatMap((pair) => chainTouches(pair)),
  contacts: (_, { shared, goes }) => [shared.stays, ...goes].flatMap((one) => contactsOfSide(one)),
  read,
  plan: planMergeMany,
  steps: Object.fromEntries(
    Object.entries(mergeSteps).map(([kind, code]) => [kind, alone(code)]),
  ) as unknown as Operation<MergeManyInput, MergeManyWorld>['steps'],
  verify,
  undo: (context) => undoOfMerges(mergesOf(context)),
  undoPartly(context) {
    const happened = mergesOf(context).filter(({ results }) => 'merge' in results);
    return happened.length > 0 ? undoOfMerges(happened) : null;
  },
});

function mergesOf({ input, before, results }: UndoContext<MergeManyInput, MergeManyWorld>): Merged[] {
  return pairsOf(input, before).map((pair, index) => ({
    input: pair.input,
    before: pair.world,
    results: resultsOf(results, index),
  }));
}

/** What the merges before one are predicted to make has no id yet. */
function chainTouches({ input, world }: Pair): string[] {
  return touchedByMerge(input, world).filter((subject) => !subject.includes(':made:'));
}

async function verify({ input, before, omni, results }: Omit<Context, 'args'>): Promise<Check[]> {
  const pairs = pairsOf(input, before);
  const last = pairs.at(-1);
  const wanted = last && worldAfter(last.input, last.world).stays;
  if (!wanted) return [];
  const [stays, ...goes] = await Promise.all([input.stays, ...input.goes].map((id) => side(omni, id)));
  const fields = Object.fromEntries(PERSON_FIELDS.map((field) => [field, (wanted.person[field] ?? null) as Json]));
  const rest = await Promise.all(
    pairs.map(async ({ input: one, world }, index) => {
      if (!bothThere(world)) return [];
      const outcome = outcomeOf(one, world);
      return [
        ...(await checkRules(outcome, omni)),
        ...(await checkRoutes(outcome, resultsOf(results, index), omni)),
        ...(await checkOwners(outcome, input.stays, omni)),
      ];
    }),
  );
  return [
    {
      text: { key: 'many.checked-gone', values: { count: input.goes.length } },
      held: goes.every((one) => one.ok) ? goes.every((one) => one.ok && one.value === null) : null,
    },
    {
      text: { key: 'merge.checked-identities', values: { count: wanted.identities.length } },
      held: stays?.ok ? wanted.identities.every((one) => holds(stays.value, one)) : null,
    },
    {
      text: { key: 'merge.checked-fields' },
      held: stays?.ok ? stays.value !== null && hasFields(stays.value.person, fields) : null,
    },
    ...rest.flat(),
  ];
}
