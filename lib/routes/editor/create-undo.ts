import 'server-only';
import { z } from 'zod';
import { ok } from '#lib/omni/result.ts';
import { deleteRoute, getRoute } from '#lib/omni/resources/routes.ts';
import { routeBody, type Route } from '#lib/omni/schemas/routes.ts';
import { happens } from '#lib/operations/effects/effect.ts';
import { asJson, defineOperation, step, type Done } from '#lib/operations/plan/define.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { deleteCommand } from './command.ts';
import { sameContent, targetOf } from './create.ts';
import { seeTarget } from './route-facts.ts';
import { routeName } from './route-plan.ts';

const input = z.strictObject({ instanceId: z.uuid().toLowerCase(), id: z.uuid().toLowerCase(), made: routeBody });

type Input = z.infer<typeof input>;
type Facts = { route: Route | null; name: string | null };

async function goneNow(omni: Omni, { instanceId, id }: Input): Promise<Done> {
  const route = await getRoute(omni, instanceId, id);
  if (route.ok) return { is: 'no' };
  return { is: route.error.kind === 'not_found' ? 'yes' : 'unknown' };
}

/** Deletes the route while it is as it was created. */
const remove = step<Input, Facts, null>({
  kind: 'delete',
  args: z.null(),
  still: async ({ input: { instanceId, id, made }, omni }) => {
    const now = await getRoute(omni, instanceId, id);
    if (!now.ok) return now.error.kind === 'not_found' ? ok(null) : now;
    return ok(sameContent(now.value, made) ? null : { key: 'route.create-undo-changed' });
  },
  run: async ({ input: { instanceId, id }, omni }) => {
    const done = await deleteRoute(omni, instanceId, id);
    return done.ok ? ok(undefined) : done;
  },
  done: ({ input: asked, omni }) => goneNow(omni, asked),
  command: ({ input: { instanceId, id } }) => deleteCommand(instanceId, id),
});

/** Undoes the creation of a route: deletes it if it is still as it was created (`made`). */
export const undoRouteCreate = defineOperation<Input, Facts>({
  name: 'routes.create-undo',
  scopes: ['routes:write', 'routes:read'],
  input,
  subjects: ({ id }) => [`route:${id}`],
  async read({ instanceId, id, made }, omni) {
    const [route, { name }] = await Promise.all([
      getRoute(omni, instanceId, id),
      seeTarget(omni, instanceId, targetOf(made)),
    ]);
    if (route.ok) return ok({ route: route.value, name });
    return route.error.kind === 'not_found' ? ok({ route: null, name }) : route;
  },
  plan({ instanceId, id, made }, { route, name: target }) {
    const name = routeName({ id, label: made.label }, target);
    const refusal = !route
      ? { key: 'route.gone' }
      : sameContent(route, made)
        ? null
        : { key: 'route.create-undo-changed' };
    return {
      title: { key: 'route.create-undo-title', values: { name } },
      effects: [happens('route-taken-away', { kept: 'no', back: 'id', untyped: true, more: { name } })],
      relies: { instanceId, id, made },
      steps: [remove.planned('delete', { key: 'route.step-delete' }, null)],
      notes: [{ key: 'route.warn-cache' }],
      ...(refusal ? { refusal } : {}),
      verb: 'delete',
    };
  },
  steps: { delete: remove },
  async verify({ input: asked, omni }) {
    const { is } = await goneNow(omni, asked);
    return [{ text: { key: 'route.checked-gone' }, held: is === 'unknown' ? null : is === 'yes' }];
  },
  undo: ({ input: { instanceId, made } }) => ({
    operation: 'routes.create',
    input: asJson({ instanceId, body: made }),
  }),
});
