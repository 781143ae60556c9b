import { z } from 'zod';
import { accessRule } from '#lib/omni/schemas/access.ts';
import { route } from '#lib/omni/schemas/routes.ts';
import { asJson, type Json, type Undo } from '#lib/operations/plan/define.ts';
import { isEmpty } from '#lib/persons/merge/merge-fields.ts';
import { bothThere, outcomeOf } from '#lib/persons/merge/merge-outcome.ts';
import { routePatchOf } from '#lib/persons/merge/merge-choices.ts';
import { lateKept, ruleAfter } from './late-rules.ts';
import { PERSON_FIELDS, type MergeInput, type MergeFacts, type PersonField } from '#lib/persons/merge/merge-facts.ts';
import { jsonObject, jsonValue } from '#lib/omni/json.ts';

const id = z.uuid().toLowerCase();
const field = z.enum(PERSON_FIELDS);
const created = z.string().nullable();
const settings = jsonObject;

/**
 * One person who was merged away: fields and identities; each rule with the id it has since the merge (its own where it was moved, that of a
 * copy in entries of before, null where it is gone), each route with the id of the one the merge created in its place.
 */
const personRef = z.strictObject({
  was: id,
  fields: z.partialRecord(field, jsonValue),
  identities: z.array(z.strictObject({ id, platformUserId: z.string() })).max(1000),
  rules: z.array(z.strictObject({ rule: accessRule, created })),
  routes: z.array(z.strictObject({ route, created })),
  owned: z.array(z.strictObject({ id: z.string(), name: z.string() })),
});

/**
 * What the undo of a merge needs. `people`: who was merged into `survivor`. `fields`: what the merge wrote on the survivor, and what
 * was there before. `replaced`: routes of the survivor that took over settings of a duplicate's.
 */
export const mergeUndoInput = z.strictObject({
  survivor: id,
  people: z.array(personRef).min(1).max(50),
  fields: z.array(z.strictObject({ field, wrote: jsonValue, was: jsonValue })),
  replaced: z.array(z.strictObject({ id, instanceId: id, wrote: settings, was: settings })),
});

export type MergeUndoInput = z.infer<typeof mergeUndoInput>;
export type PersonRef = MergeUndoInput['people'][number];

type Results = Readonly<Record<string, Json | undefined>>;
type Settings = { [key: string]: Json };

/** A merge that was run: its input, the facts before it, and the results of its steps. */
export type Merged = { input: MergeInput; before: MergeFacts; results: Results };

/** The undo of merges into one person, the latest first. Pure. */
export function undoOfMerges(merges: readonly Merged[]): Undo {
  const parts = merges.flatMap((merge) => partOf(merge) ?? []);
  const [first] = merges;
  if (!first || parts.length !== merges.length) return { impossible: { key: 'merge.no-undo' } };
  const fields = new Map<PersonField, MergeUndoInput['fields'][number]>();
  for (const { fields: wrote } of parts)
    for (const one of wrote) fields.set(one.field, { ...one, was: fields.get(one.field)?.was ?? one.was });
  const undo: MergeUndoInput = {
    survivor: first.input.survivor,
    people: parts.map(({ person }) => person).toReversed(),
    fields: [...fields.values()],
    replaced: parts.flatMap(({ replaced }) => replaced),
  };
  return { operation: 'persons.merge-undo', input: asJson(undo) };
}

/** What the undo of merges into several people needs: that of each, in the order they are undone. */
export const mergeManyUndoInput = z.strictObject({ groups: z.array(mergeUndoInput).min(2).max(50) });

export type MergeManyUndoInput = z.infer<typeof mergeManyUndoInput>;

/** The undo of groups of merges, each into one person. Pure. */
export function undoOfGroups(groups: readonly (readonly Merged[])[]): Undo {
  const undos = groups.map((merges) => undoOfMerges(merges));
  const [first, ...others] = undos;
  if (!first || others.length === 0) return first ?? { impossible: { key: 'merge.no-undo' } };
  const inputs = undos.flatMap((one) => ('input' in one ? [one.input] : []));
  if (inputs.length < undos.length) return { impossible: { key: 'merge.no-undo' } };
  return { operation: 'persons.merge-many-undo', input: { groups: inputs.toReversed() } };
}

/** Whether a merge did what its undo takes back: it gave a rule away, or merged. */
export function touchedAnything(results: Results): boolean {
  return Object.keys(results).some((id) => id === 'merge' || id.startsWith('move-rule:'));
}

/** The undo of one merge. Pure. */
export function undoOfMerge(merged: Merged): Undo {
  return undoOfMerges([merged]);
}

function partOf({ input, before, results }: Merged) {
  if (!bothThere(before)) return null;
  const { duplicate } = before;
  const outcome = outcomeOf(input, before);
  const createdBy = (step: string) => (typeof results[step] === 'string' ? results[step] : null);
  const filled = PERSON_FIELDS.map((name) => [name, asJson(duplicate.person[name])] as const).filter(
    ([, value]) => !isEmpty(value),
  );
  const person: PersonRef = {
    was: input.duplicate,
    fields: Object.fromEntries(filled),
    identities: duplicate.identities.map((one) => ({ id: one.id, platformUserId: one.platformUserId })),
    rules: [...outcome.rules.map(({ rule }) => ({ rule, created: ruleAfter(results, rule.id) })), ...lateKept(results)],
    routes: outcome.routes.map(({ route: own }) => ({ route: own, created: createdBy(`route:${own.id}`) })),
    owned: outcome.owned.map((agent) => ({ id: agent.id, name: agent.name })),
  };
  return {
    person,
    fields: outcome.changed.map(({ field: name, result, survivor }) => ({
      field: name,
      wrote: result ?? null,
      was: survivor ?? null,
    })),
    replaced: outcome.routes.flatMap(({ choice, route: theirs, other }) => {
      const [wrote, was] = [routePatchOf(theirs), other && routePatchOf(other)];
      if (choice !== 'replace' || !other || !wrote || !was) return [];
      return { id: other.id, instanceId: other.instanceId, wrote: wrote as Settings, was: was as Settings };
    }),
  };
}
