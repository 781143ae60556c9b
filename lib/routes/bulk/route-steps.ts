import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import { deleteRoute, getRoute, patchRoute } from '#lib/omni/resources/routes.ts';
import type { Done, Json, Step } from '#lib/operations/plan/define.ts';
import { sameAsKept, type KeptRoute } from './kept-route.ts';

const GONE: Done = { is: 'stuck', why: { key: 'activate.gone' } };
const DONE = { is: 'yes', result: true } as const;

/** Activates or deactivates one route. `args`: `instanceId`, `id`, `active`. */
export const switchStep: Step<unknown, unknown> = {
  async run({ args, omni }) {
    const { instanceId, id, active } = args as { instanceId: string; id: string; active: boolean };
    return took(await patchRoute(omni, instanceId, id, { isActive: active }));
  },
  async done({ args, omni }) {
    const { instanceId, id, active } = args as { instanceId: string; id: string; active: boolean };
    const now = await getRoute(omni, instanceId, id);
    if (now.ok) return now.value.isActive === active ? DONE : { is: 'no' };
    return now.error.kind === 'not_found' ? GONE : { is: 'unknown' };
  },
};

/**
 * Deletes one route if it is still as it was kept: a route changed since could not be created again. `args`: `instanceId`,
 * `id`. A route that is gone already counts as done.
 */
export const deleteStep: Step<unknown, { routes: readonly KeptRoute[] }> = {
  async still({ args, before, omni }) {
    const { instanceId, id } = args as { instanceId: string; id: string };
    const now = await getRoute(omni, instanceId, id);
    if (!now.ok) return now.error.kind === 'not_found' ? ok(null) : now;
    const kept = before.routes.find((route) => route.id === id);
    return ok(kept && sameAsKept(now.value, kept) ? null : { key: 'route.moved' });
  },
  async run({ args, omni }) {
    const { instanceId, id } = args as { instanceId: string; id: string };
    return took(await deleteRoute(omni, instanceId, id));
  },
  async done({ args, omni }) {
    const { instanceId, id } = args as { instanceId: string; id: string };
    const now = await getRoute(omni, instanceId, id);
    if (now.ok) return { is: 'no' };
    return now.error.kind === 'not_found' ? DONE : { is: 'unknown' };
  },
};

function took(answer: Result<unknown, OmniError>): Result<Json, OmniError> {
  return answer.ok ? ok(true) : answer;
}
