import 'server-only';
import { z } from 'zod';
import { defineOperation } from '#lib/operations/plan/define.ts';
import { calledRoute, wasActive } from './kept-route.ts';
import { checkBulk, undoBulk } from './bulk.ts';
import { planBulk } from './bulk-plan.ts';
import type { BulkFacts } from './facts.ts';
import { readBulkFacts } from './bulk-facts.ts';
import { deleteStep } from './route-steps.ts';

const input = z.strictObject({ instanceId: z.uuid().toLowerCase(), id: z.uuid().toLowerCase() });
type Input = z.infer<typeof input>;

/** Deletes one route and says who answers afterwards. Undo creates it again under a new id. */
export const deleteOneRoute = defineOperation<Input, BulkFacts>({
  name: 'routes.delete',
  scopes: ['routes:write'],
  input,
  subjects: ({ id }) => [`route:${id}`],
  read: (ref, omni, scopes) => readBulkFacts('delete', [ref], omni, scopes),
  plan(_, facts) {
    const plan = planBulk('delete', facts);
    const [route] = facts.routes;
    if (!route) return { ...plan, title: { key: 'delete.title-gone' }, refusal: { key: 'activate.gone' } };
    return {
      ...plan,
      title: { key: 'delete.title', values: { label: calledRoute(route, facts.names) } },
      notes: wasActive(route) ? plan.notes : [{ key: 'delete.was-off' }, ...(plan.notes ?? [])],
    };
  },
  steps: { delete: deleteStep },
  verify: ({ before, omni }) => checkBulk('delete', before.routes, omni),
  undo: ({ before }) => undoBulk('delete', before.routes),
});
