import { z } from 'zod';
import { accessRule } from '#lib/omni/schemas/access.ts';
import { route } from '#lib/omni/schemas/routes.ts';
import type { Json, Undo } from '#lib/operations/define.ts';
import { isEmpty } from './merge-fields.ts';
import { bothThere, outcomeOf } from './merge-outcome.ts';
import { routePatchOf } from './merge-routes.ts';
import { PERSON_FIELDS, seen, type MergeInput, type MergeWorld } from './merge-world.ts';

const id = z.uuid().toLowerCase();
const field = z.enum(PERSON_FIELDS);
const made = z.string().nullable();
const settings = z.record(z.string(), z.json());

/**
 * What taking a merge back needs to know of the world before it: who went (`was`) with fields and identities, what the merge wrote on
 * who stayed and what was there before, and each rule, route and agent of who went, with the row the merge made in its place.
 */
export const unmergeInput = z.strictObject({
  was: id,
  stays: id,
  goes: z.strictObject({
    fields: z.partialRecord(field, z.json()),
    identities: z.array(z.strictObject({ id, platformUserId: z.string() })).max(1000),
  }),
  fields: z.array(z.strictObject({ field, wrote: z.json(), was: z.json() })),
  rules: z.array(z.strictObject({ rule: accessRule, made })),
  routes: z.array(z.strictObject({ route, made })),
  replaced: z.array(z.strictObject({ id, instanceId: id, wrote: settings, was: settings })),
  owned: z.array(z.strictObject({ id: z.string(), name: z.string() })),
});

export type UnmergeInput = z.infer<typeof unmergeInput>;

/** What takes a merge back, from the world before it and what its steps made. Pure. */
export function undoOfMerge(context: {
  input: MergeInput;
  before: MergeWorld;
  results: Readonly<Record<string, Json | undefined>>;
}): Undo {
  const { input, before, results } = context;
  if (!bothThere(before)) return { impossible: { key: 'merge.no-undo' } };
  const { goes } = before;
  const outcome = outcomeOf(input, before);
  const madeBy = (step: string) => (typeof results[step] === 'string' ? results[step] : null);
  const undo: UnmergeInput = {
    was: input.goes,
    stays: input.stays,
    goes: {
      fields: Object.fromEntries(
        PERSON_FIELDS.map((name) => [name, goes.person[name] as Json]).filter(([, value]) => !isEmpty(value as Json)),
      ),
      identities: goes.identities.map((one) => ({ id: one.id, platformUserId: one.platformUserId })),
    },
    fields: outcome.changed.map(({ field: name, result, stays }) => ({
      field: name,
      wrote: result ?? null,
      was: stays ?? null,
    })),
    rules: outcome.rules.map(({ rule }) => ({ rule, made: madeBy(`rule:${rule.id}`) })),
    routes: outcome.routes.map((fate) => ({ route: fate.route, made: madeBy(`route:${fate.route.id}`) })),
    replaced: outcome.routes.flatMap(({ fate, route: theirs, other }) => {
      const [wrote, was] = [routePatchOf(theirs), other && routePatchOf(other)];
      if (fate !== 'replace' || !other || !wrote || !was) return [];
      return { id: other.id, instanceId: other.instanceId, wrote: wrote as Settings, was: was as Settings };
    }),
    owned: seen(before.agents)
      ? before.agents
          .filter(({ ownerId }) => ownerId === input.goes)
          .map((agent) => ({ id: agent.id, name: agent.name }))
      : [],
  };
  return { operation: 'persons.unmerge', input: undo as unknown as Json };
}

type Settings = { [key: string]: Json };
