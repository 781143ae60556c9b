import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { fanOut } from '#lib/omni/paging/fan-out.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { err, ok, type Result } from '#lib/omni/result.ts';
import {
  asJson,
  defineOperation,
  translated,
  type Check,
  type Json,
  type Step,
  type StepContext,
  type UndoContext,
} from '#lib/operations/plan/define.ts';
import { bothThere, factsAfter, outcomeOf } from '#lib/persons/merge/merge-outcome.ts';
import {
  chainArgs,
  duplicatesOf,
  mergeGroups,
  mergeManyInput,
  pairsOf,
  planMergeMany,
  type MergeManyInput,
  type MergeManyFacts,
  type MergePair,
} from './merge-many-plan.ts';
import { readShared } from '#lib/persons/merge/merge-read.ts';
import { mergeSteps } from '#lib/persons/merge/merge-steps.ts';
import { checkOwners, checkRoutes, checkRules } from '#lib/persons/merge/merge-verify.ts';
import { touchedByMerge } from '#lib/persons/merge/merge.ts';
import { PERSON_FIELDS, type MergeInput, type MergeFacts } from '#lib/persons/merge/merge-facts.ts';
import { touchedAnything, undoOfGroups, type Merged } from '#lib/persons/undo/merge-undo-input.ts';
import { doubledRules } from '#lib/access/change/rule-writes.ts';
import { contactsOf, hasFields, holdsAll, readPersonRecord } from '#lib/persons/record/person-record.ts';

async function read(
  input: MergeManyInput,
  omni: Omni,
  scopes: readonly string[] | null,
): Promise<Result<MergeManyFacts, OmniError>> {
  const groups = mergeGroups(input);
  const ids = [...new Set(groups.flatMap(({ survivor, duplicates }) => [survivor, ...duplicates]))];
  const answers = await fanOut(omni, ids, { concurrency: 6 }, (id) => readPersonRecord(omni, id));
  const failed = answers.find((answer) => answer.state === 'failed');
  if (failed?.state === 'failed') return err(failed.error);
  const records = new Map(answers.map((one) => [one.item, one.state === 'ok' ? one.value : null]));
  const record = (id: string) => records.get(id) ?? null;
  const shared = await readShared([...records.values()], duplicatesOf(input), omni, scopes);
  const [first, ...also] = groups.map(({ survivor, duplicates }) => ({
    survivor: record(survivor),
    duplicates: duplicates.map(record),
  }));
  return ok({
    shared: { ...shared, survivor: first?.survivor ?? null },
    duplicates: first?.duplicates ?? [],
    ...(also.length > 0 ? { also } : {}),
  });
}

type Context = StepContext<MergeManyInput, MergeManyFacts>;

/** A step of one merge gets that merge's input, facts and results. It is not independent: the first refusal ends the chain. */
function stepOfPair(code: Step<MergeInput, MergeFacts>): Step<MergeManyInput, MergeManyFacts> {
  const pairOf = ({ input, before, args }: Pick<Context, 'input' | 'before' | 'args'>) => {
    const { pair, args: own } = chainArgs.parse(args);
    const one = pairsOf(input, before)[pair];
    if (!one) throw new Error(`no merge ${pair} in this chain`);
    return { pair, input: one.input, before: one.facts, args: own };
  };
  const { independent: _, ...chained } = translated<MergeInput, MergeFacts, MergeManyInput, MergeManyFacts>(
    code,
    (context) => {
      const { pair, ...own } = pairOf(context);
      const mark = `${context.mark.slice(0, -1)} ${pair}]`;
      return { ...context, mark, ...own, results: resultsOf(context.results, pair) };
    },
    (at) => {
      const { pair, ...own } = pairOf(at);
      return { ...own, created: (id) => at.created(`${pair}/${id}`) };
    },
  );
  return chained;
}

function resultsOf(results: Context['results'], pair: number): Record<string, Json | undefined> {
  const prefix = `${pair}/`;
  const own = Object.entries(results).filter(([id]) => id.startsWith(prefix));
  return Object.fromEntries(own.map(([id, result]) => [id.slice(prefix.length), result]));
}

/** Merges several people into one: a chain of merges in one plan. The first that fails ends it; those before it are done. */
export const mergeManyPersons = defineOperation<MergeManyInput, MergeManyFacts>({
  name: 'persons.merge-many',
  scopes: ['persons:write'],
  input: mergeManyInput,
  subjects: (input) =>
    mergeGroups(input).flatMap(({ survivor, duplicates }) => [survivor, ...duplicates].map((id) => `person:${id}`)),
  subjectsOf: (input, facts) => pairsOf(input, facts).flatMap((pair) => chainTouches(pair)),
  contacts: (_, { shared, duplicates, also = [] }) =>
    [shared.survivor, ...duplicates, ...also.flatMap((one) => [one.survivor, ...one.duplicates])].flatMap((one) =>
      contactsOf(one),
    ),
  read,
  plan: planMergeMany,
  steps: Object.fromEntries(
    Object.entries<Step<MergeInput, MergeFacts>>(mergeSteps).map(([kind, code]) => [kind, stepOfPair(code)]),
  ),
  verify,
  undo: (context) => undoOfGroups(mergesOf(context)),
  undoPartly(context) {
    const happened = mergesOf(context).flatMap((own) => {
      const touched = own.filter(({ results }) => touchedAnything(results));
      return touched.length > 0 ? [touched] : [];
    });
    return happened.length > 0 ? undoOfGroups(happened) : null;
  },
});

/** The merges of each group. */
function mergesOf({ input, before, results }: UndoContext<MergeManyInput, MergeManyFacts>): Merged[][] {
  const merges = pairsOf(input, before).map((pair, index) => ({
    group: pair.group,
    merged: { input: pair.input, before: pair.facts, results: resultsOf(results, index) },
  }));
  return [...Map.groupBy(merges, ({ group }) => group).values()].map((own) => own.map(({ merged }) => merged));
}

/** What a merge locks, without the rows that merges before it are predicted to create: they have no id yet. */
function chainTouches({ input, facts }: MergePair): string[] {
  return touchedByMerge(input, facts).filter((subject) => !subject.includes(':created:'));
}

async function verify({ input, before, omni, mark, results }: Omit<Context, 'args'>): Promise<Check[]> {
  const pairs = pairsOf(input, before);
  const duplicates = await Promise.all(duplicatesOf(input).map((id) => readPersonRecord(omni, id)));
  const kept = await Promise.all(mergeGroups(input).map((_, group) => checkSurvivor(pairs, group, omni)));
  const rest = await Promise.all(
    pairs.map(async ({ input: one, facts }, index) => {
      if (!bothThere(facts)) return [];
      const outcome = outcomeOf(one, facts);
      return [
        ...(await checkRules(outcome, resultsOf(results, index), one.survivor, omni)),
        ...(await checkRoutes(outcome, resultsOf(results, index), omni)),
        ...(await checkOwners(outcome, one.survivor, omni)),
      ];
    }),
  );
  return [
    {
      text: { key: 'merge-many.checked-gone', values: { count: duplicates.length } },
      held: duplicates.every((one) => one.ok) ? duplicates.every((one) => one.ok && one.value === null) : null,
    },
    ...kept.flat(),
    ...rest.flat(),
    ...(await doubledRules(omni, mark, results)),
  ];
}

/** Whether who is kept has everything that the last merge of the group was predicted to leave. */
async function checkSurvivor(pairs: readonly MergePair[], group: number, omni: Omni): Promise<Check[]> {
  const last = pairs.findLast((pair) => pair.group === group);
  const wanted = last && factsAfter(last.input, last.facts).survivor;
  if (!wanted) return [];
  const survivor = await readPersonRecord(omni, last.input.survivor);
  const fields = Object.fromEntries(PERSON_FIELDS.map((field) => [field, asJson(wanted.person[field])]));
  return [
    {
      text: { key: 'merge.checked-identities', values: { count: wanted.identities.length } },
      held: survivor.ok ? holdsAll(survivor.value, wanted.identities) : null,
    },
    {
      text: { key: 'merge.checked-fields' },
      held: survivor.ok ? survivor.value !== null && hasFields(survivor.value.person, fields) : null,
    },
  ];
}
