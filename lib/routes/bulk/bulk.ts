import 'server-only';
import { z } from 'zod';
import type { Omni } from '#lib/omni/door/omni.ts';
import { defineOperation, type Check, type Json, type Undo } from '#lib/operations/plan/define.ts';
import type { Change } from '#lib/routes/verdict/handover.ts';
import type { KeptRoute } from './kept-route.ts';
import { planMany, type ManyWorld } from './bulk-plan.ts';
import { listsOf, readMany } from './bulk-facts.ts';
import { deleteStep, switchStep } from './row-steps.ts';

/** At most so many routes at once: all that is deleted is kept in one entry. */
export const MOST_SWITCHED = 500;
export const MOST_DELETED = 200;

const uuid = z.uuid().toLowerCase();
const input = z
  .strictObject({
    change: z.enum(['on', 'off', 'delete']),
    routes: z
      .array(z.strictObject({ instanceId: uuid, id: uuid }))
      .min(1)
      .max(MOST_SWITCHED, 'too_many_rows'),
  })
  .refine(({ change, routes }) => change !== 'delete' || routes.length <= MOST_DELETED, 'too_many_rows');

type Input = z.infer<typeof input>;

/**
 * Switches or deletes many routes: a step for each, which stands for itself. What was refused is told and can be tried
 * again; what happened can be taken back.
 */
export const manyRoutes = defineOperation<Input, ManyWorld>({
  name: 'routes.many',
  scopes: ['routes:write'],
  input,
  subjects: ({ routes }) => routes.map(({ id }) => `route:${id}`),
  read: ({ change, routes }, omni, scopes) => readMany(change, routes, omni, scopes),
  plan: ({ change }, world) => planMany(change, world),
  steps: { switch: { ...switchStep, independent: true }, delete: { ...deleteStep, independent: true } },
  verify: ({ input: { change }, before, omni, results }) => checkMany(change, happened(before, results), omni),
  undo: ({ input: { change }, before, results }) => undoMany(change, happened(before, results)),
  undoPartly: ({ input: { change }, before, results }) => undoMany(change, happened(before, results)),
});

function happened({ routes }: ManyWorld, results: Readonly<Record<string, Json | undefined>>): KeptRoute[] {
  return routes.filter(({ id }) => id in results);
}

/** How the routes are now, against what was wanted: one line for all of them. */
export async function checkMany(change: Change, routes: readonly KeptRoute[], omni: Omni): Promise<Check[]> {
  const lists = await listsOf(omni, [...new Set(routes.map(({ instanceId }) => instanceId))]);
  const now = new Map(lists.ok ? [...lists.value.values()].flat().map((route) => [route.id, route]) : []);
  const held = routes.every(({ id }) =>
    change === 'delete' ? !now.has(id) : now.get(id)?.isActive === (change === 'on'),
  );
  return [{ text: { key: `many.checked-${change}`, values: { count: routes.length } }, held: lists.ok ? held : null }];
}

/** What takes a change of some routes back. A route of the older generation can't be made again. */
export function undoMany(change: Change, routes: readonly KeptRoute[]): Undo {
  if (change !== 'delete') {
    const refs = routes.map(({ id, instanceId }) => ({ id, instanceId }));
    return { operation: 'routes.many', input: { change: change === 'on' ? 'off' : 'on', routes: refs } };
  }
  const again = routes.filter(({ older }) => !older);
  if (again.length === 0) return { impossible: { key: 'many.older-no-undo' } };
  return { operation: 'routes.recreate', input: { routes: again } };
}
