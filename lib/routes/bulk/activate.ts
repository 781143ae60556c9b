import 'server-only';
import { z } from 'zod';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import { getRoute } from '#lib/omni/resources/routes.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { targetNames } from './bulk-facts.ts';
import { sets } from '#lib/operations/effects/effect.ts';
import { wordValue } from '#lib/operations/effects/value.ts';
import { defineOperation, translated, type Text } from '#lib/operations/plan/define.ts';
import { switchStep } from './route-steps.ts';
import type { Omni } from '#lib/omni/door/omni.ts';

const input = z.strictObject({ instanceId: z.uuid().toLowerCase(), id: z.uuid().toLowerCase(), active: z.boolean() });
type Input = z.infer<typeof input>;
/** `name`: of the chat or person the route is for, where it could be read; entries of before lack it. */
type Facts = { route: Route | null; name?: string | null };

async function read(
  { instanceId, id }: Input,
  omni: Omni,
  scopes: readonly string[] | null,
): Promise<Result<Facts, OmniError>> {
  const route = await getRoute(omni, instanceId, id);
  if (route.ok) {
    const { chatId, personId } = route.value;
    const names = await targetNames(omni, scopes, [route.value]);
    return ok({ route: route.value, name: names[personId ?? chatId ?? ''] ?? null });
  }
  return route.error.kind === 'not_found' ? ok({ route: null }) : route;
}

/** A switch of what the input names; its steps hold no arguments. */
const asSwitch = <C extends { input: Input }>(context: C) => ({ ...context, args: context.input });

/** Activates or deactivates a route: one PATCH. Undo is the opposite one. */
export const activateRoute = defineOperation<Input, Facts>({
  name: 'routes.activate',
  scopes: ['routes:write'],
  input,
  subjects: ({ id }) => [`route:${id}`],
  read,
  plan({ instanceId, id, active }, { route, name }) {
    const refusal =
      route === null
        ? { key: 'activate.gone' }
        : route.isActive === active
          ? { key: active ? 'activate.on-already' : 'activate.off-already' }
          : undefined;
    const key = `activate.title-${active ? 'on' : 'off'}`;
    const label = route?.label || id.slice(0, 8);
    const title: Text = name ? { key: `${key}-for`, values: { name } } : { key, values: { label } };
    return {
      title,
      effects: [
        sets('route.isActive', wordValue(active ? 'inactive' : 'active'), wordValue(active ? 'active' : 'inactive')),
      ],
      relies: { instanceId, id },
      steps: [{ id: 'patch', kind: 'patch', title: { key: `activate.step-${active ? 'on' : 'off'}` }, args: null }],
      notes: [{ key: 'activate.cache' }],
      ...(refusal ? { refusal } : {}),
      verb: 'save',
    };
  },
  steps: { patch: translated<unknown, unknown, Input, Facts>(switchStep, asSwitch, asSwitch) },
  async verify({ input: { instanceId, id, active }, omni }) {
    const now = await getRoute(omni, instanceId, id);
    return [
      {
        text: { key: active ? 'activate.checked-on' : 'activate.checked-off' },
        held: now.ok ? now.value.isActive === active : null,
      },
    ];
  },
  undo: ({ input: { instanceId, id, active } }) => ({
    operation: 'routes.activate',
    input: { instanceId, id, active: !active },
  }),
});
