import 'server-only';
import { z } from 'zod';
import type { Omni } from '#lib/omni/door/omni.ts';
import { defineOperation, type Check, type Json, type Undo } from '#lib/operations/plan/define.ts';
import type { BulkChange } from '#lib/routes/verdict/successor.ts';
import type { KeptRoute } from './kept-route.ts';
import { planBulk } from './bulk-plan.ts';
import type { BulkFacts } from './facts.ts';
import { listsOf, readBulkFacts } from './bulk-facts.ts';
import { MOST_CHANGED, MOST_DELETED } from './limits.ts';
import { deleteStep, switchStep } from './route-steps.ts';

const uuid = z.uuid().toLowerCase();
const input = z
  .strictObject({
    change: z.enum(['on', 'off', 'delete']),
    routes: z
      .array(z.strictObject({ instanceId: uuid, id: uuid }))
      .min(1)
      .max(MOST_CHANGED, 'too_many_rows'),
  })
  .refine(({ change, routes }) => change !== 'delete' || routes.length <= MOST_DELETED, 'too_many_rows');

type Input = z.infer<typeof input>;

/**
 * Activates, deactivates or deletes some routes, each by a step of its own that none of the others waits for. Refused steps
 * can be tried again; undo reverses those that were done.
 */
export const bulkRoutes = defineOperation<Input, BulkFacts>({
  name: 'routes.bulk',
  scopes: ['routes:write'],
  input,
  subjects: ({ routes }) => routes.map(({ id }) => `route:${id}`),
  read: ({ change, routes }, omni, scopes) => readBulkFacts(change, routes, omni, scopes),
  plan: ({ change }, facts) => planBulk(change, facts),
  steps: { switch: { ...switchStep, independent: true }, delete: { ...deleteStep, independent: true } },
  verify: ({ input: { change }, before, omni, results }) => checkBulk(change, changedRoutes(before, results), omni),
  undo: ({ input: { change }, before, results }) => undoBulk(change, changedRoutes(before, results)),
  undoPartly: ({ input: { change }, before, results }) => undoBulk(change, changedRoutes(before, results)),
});

function changedRoutes({ routes }: BulkFacts, results: Readonly<Record<string, Json | undefined>>): KeptRoute[] {
  return routes.filter(({ id }) => id in results);
}

/** Whether all these routes are as wanted now: one line for all of them. */
export async function checkBulk(change: BulkChange, routes: readonly KeptRoute[], omni: Omni): Promise<Check[]> {
  const lists = await listsOf(omni, [...new Set(routes.map(({ instanceId }) => instanceId))]);
  const now = new Map(lists.ok ? [...lists.value.values()].flat().map((route) => [route.id, route]) : []);
  const held = routes.every(({ id }) =>
    change === 'delete' ? !now.has(id) : now.get(id)?.isActive === (change === 'on'),
  );
  return [{ text: { key: `bulk.checked-${change}`, values: { count: routes.length } }, held: lists.ok ? held : null }];
}

/** The operation that undoes a change of some routes. A route of the older generation can't be created again. */
export function undoBulk(change: BulkChange, routes: readonly KeptRoute[]): Undo {
  if (change !== 'delete') {
    const refs = routes.map(({ id, instanceId }) => ({ id, instanceId }));
    return { operation: 'routes.bulk', input: { change: change === 'on' ? 'off' : 'on', routes: refs } };
  }
  const again = routes.filter(({ older }) => !older);
  if (again.length === 0) return { impossible: { key: 'bulk.older-no-undo' } };
  return { operation: 'routes.delete-undo', input: { routes: again } };
}
