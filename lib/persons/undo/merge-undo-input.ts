import { z } from 'zod';
import { accessRule } from '#lib/omni/schemas/access.ts';
import { route } from '#lib/omni/schemas/routes.ts';
import type { Json, Undo } from '#lib/operations/plan/define.ts';
import { isEmpty } from '#lib/persons/merge/merge-fields.ts';
import { bothThere, outcomeOf } from '#lib/persons/merge/merge-outcome.ts';
import { routePatchOf } from '#lib/persons/merge/route-choices.ts';
import { PERSON_FIELDS, type MergeInput, type MergeWorld, type PersonField } from '#lib/persons/merge/merge-facts.ts';

const id = z.uuid().toLowerCase();
const field = z.enum(PERSON_FIELDS);
const made = z.string().nullable();
const settings = z.record(z.string(), z.json());

/** One person who went: fields and identities, and each rule, route and agent with the row the merge made in its place. */
const someone = z.strictObject({
  was: id,
  fields: z.partialRecord(field, z.json()),
  identities: z.array(z.strictObject({ id, platformUserId: z.string() })).max(1000),
  rules: z.array(z.strictObject({ rule: accessRule, made })),
  routes: z.array(z.strictObject({ route, made })),
  owned: z.array(z.strictObject({ id: z.string(), name: z.string() })),
});

/**
 * What taking a merge back needs to know of the world before it: who went, what the merge wrote on who stayed and what was there
 * before (`fields`), and the routes of who stayed that took over others' settings (`replaced`).
 */
export const unmergeInput = z.strictObject({
  stays: id,
  people: z.array(someone).min(1).max(50),
  fields: z.array(z.strictObject({ field, wrote: z.json(), was: z.json() })),
  replaced: z.array(z.strictObject({ id, instanceId: id, wrote: settings, was: settings })),
});

export type UnmergeInput = z.infer<typeof unmergeInput>;
export type Someone = UnmergeInput['people'][number];

type Results = Readonly<Record<string, Json | undefined>>;
type Settings = { [key: string]: Json };

/** A merge that happened: what was decided, the world before it, and what its steps made. */
export type Merged = { input: MergeInput; before: MergeWorld; results: Results };

/** What takes merges into one person back, the latest first. Pure. */
export function undoOfMerges(merges: readonly Merged[]): Undo {
  const parts = merges.flatMap((merge) => partOf(merge) ?? []);
  const [first] = merges;
  if (!first || parts.length !== merges.length) return { impossible: { key: 'merge.no-undo' } };
  const fields = new Map<PersonField, UnmergeInput['fields'][number]>();
  for (const { fields: wrote } of parts)
    for (const one of wrote) fields.set(one.field, { ...one, was: fields.get(one.field)?.was ?? one.was });
  const undo: UnmergeInput = {
    stays: first.input.stays,
    people: parts.map(({ person }) => person).toReversed(),
    fields: [...fields.values()],
    replaced: parts.flatMap(({ replaced }) => replaced),
  };
  return { operation: 'persons.unmerge', input: undo as unknown as Json };
}

/** What takes one merge back. Pure. */
export function undoOfMerge(merged: Merged): Undo {
  return undoOfMerges([merged]);
}

function partOf({ input, before, results }: Merged) {
  if (!bothThere(before)) return null;
  const { goes } = before;
  const outcome = outcomeOf(input, before);
  const madeBy = (step: string) => (typeof results[step] === 'string' ? results[step] : null);
  const filled = PERSON_FIELDS.map((name) => [name, goes.person[name] as Json] as const).filter(
    ([, value]) => !isEmpty(value),
  );
  const person: Someone = {
    was: input.goes,
    fields: Object.fromEntries(filled),
    identities: goes.identities.map((one) => ({ id: one.id, platformUserId: one.platformUserId })),
    rules: outcome.rules.map(({ rule }) => ({ rule, made: madeBy(`rule:${rule.id}`) })),
    routes: outcome.routes.map((fate) => ({ route: fate.route, made: madeBy(`route:${fate.route.id}`) })),
    owned: outcome.owned.map((agent) => ({ id: agent.id, name: agent.name })),
  };
  return {
    person,
    fields: outcome.changed.map(({ field: name, result, stays }) => ({
      field: name,
      wrote: result ?? null,
      was: stays ?? null,
    })),
    replaced: outcome.routes.flatMap(({ fate, route: theirs, other }) => {
      const [wrote, was] = [routePatchOf(theirs), other && routePatchOf(other)];
      if (fate !== 'replace' || !other || !wrote || !was) return [];
      return { id: other.id, instanceId: other.instanceId, wrote: wrote as Settings, was: was as Settings };
    }),
  };
}
