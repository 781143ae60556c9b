import 'server-only';
import { z } from 'zod';
import { defineOperation } from '#lib/operations/plan/define.ts';
import { wasOn } from './kept-route.ts';
import { checkMany, undoMany } from './bulk.ts';
import { calledRoute, planMany, type ManyWorld } from './bulk-plan.ts';
import { readMany } from './bulk-facts.ts';
import { deleteStep } from './row-steps.ts';

const input = z.strictObject({ instanceId: z.uuid().toLowerCase(), id: z.uuid().toLowerCase() });
type Input = z.infer<typeof input>;

/** Deletes one route, saying who answers afterwards. It can be made again, under a new id. */
export const deleteOneRoute = defineOperation<Input, ManyWorld>({
  name: 'routes.delete',
  scopes: ['routes:write'],
  input,
  subjects: ({ id }) => [`route:${id}`],
  read: (ref, omni, scopes) => readMany('delete', [ref], omni, scopes),
  plan(_, world) {
    const plan = planMany('delete', world);
    const [route] = world.routes;
    if (!route) return { ...plan, title: { key: 'delete.title-gone' }, refusal: { key: 'activate.gone' } };
    return {
      ...plan,
      title: { key: 'delete.title', values: { label: calledRoute(route, world.names) } },
      moves: wasOn(route) ? plan.moves : [{ key: 'delete.was-off' }, ...plan.moves],
    };
  },
  steps: { delete: deleteStep },
  verify: ({ before, omni }) => checkMany('delete', before.routes, omni),
  undo: ({ before }) => undoMany('delete', before.routes),
});
