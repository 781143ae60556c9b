import 'server-only';
import { z } from 'zod';
import { ok } from '#lib/omni/result.ts';
import { deleteRoute, getRoute, patchRoute } from '#lib/omni/resources/routes.ts';
import { step, type Done } from '#lib/operations/plan/define.ts';
import { deleteCommand, switchCommand } from '#lib/routes/editor/command.ts';
import { sameAsKept, type KeptRoute } from './kept-route.ts';

const GONE: Done = { is: 'stuck', why: { key: 'activate.gone' } };
const DONE = { is: 'yes', result: true } as const;
const ref = { instanceId: z.string(), id: z.string() };
const switched = z.strictObject({ ...ref, active: z.boolean() });
const deleted = z.strictObject(ref);

/** Activates or deactivates one route. */
export const switchStep = step<unknown, unknown, z.infer<typeof switched>>({
  kind: 'switch',
  args: switched,
  async run({ args: { instanceId, id, active }, omni }) {
    const answer = await patchRoute(omni, instanceId, id, { isActive: active });
    return answer.ok ? ok(true) : answer;
  },
  async done({ args: { instanceId, id, active }, omni }) {
    const now = await getRoute(omni, instanceId, id);
    if (now.ok) return now.value.isActive === active ? DONE : { is: 'no' };
    return now.error.kind === 'not_found' ? GONE : { is: 'unknown' };
  },
  command: ({ args: { instanceId, id, active } }) => switchCommand(instanceId, id, active),
});

/**
 * Deletes one route if it is still as it was kept: a route changed since could not be created again. A route that is gone already
 * counts as done.
 */
export const deleteStep = step<unknown, { routes: readonly KeptRoute[] }, z.infer<typeof deleted>>({
  kind: 'delete',
  args: deleted,
  async still({ args: { instanceId, id }, before, omni }) {
    const now = await getRoute(omni, instanceId, id);
    if (!now.ok) return now.error.kind === 'not_found' ? ok(null) : now;
    const kept = before.routes.find((route) => route.id === id);
    return ok(kept && sameAsKept(now.value, kept) ? null : { key: 'route.moved' });
  },
  async run({ args: { instanceId, id }, omni }) {
    const answer = await deleteRoute(omni, instanceId, id);
    return answer.ok ? ok(true) : answer;
  },
  async done({ args: { instanceId, id }, omni }) {
    const now = await getRoute(omni, instanceId, id);
    if (now.ok) return { is: 'no' };
    return now.error.kind === 'not_found' ? DONE : { is: 'unknown' };
  },
  command: ({ args: { instanceId, id } }) => deleteCommand(instanceId, id),
});
