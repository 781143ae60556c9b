import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import { defineOperation } from '#lib/operations/plan/define.ts';
import { holds, identitySteps, made } from './identity-steps.ts';
import { side } from '#lib/persons/merge/merge-read.ts';
import { moveInput, planMove, type MoveInput, type MoveWorld } from './link-plan.ts';
import { contactsOfSide, putBackInto, routesOf } from './unlink.ts';

async function read(
  input: MoveInput,
  omni: Omni,
  scopes: readonly string[] | null,
): Promise<Result<MoveWorld, OmniError>> {
  const [from, to] = await Promise.all([side(omni, input.fromPersonId), side(omni, input.toPersonId)]);
  if (!from.ok) return from;
  if (!to.ok) return to;
  const instanceId = from.value?.identities.find(({ id }) => id === input.identityId)?.instanceId ?? null;
  const routes = await routesOf(omni, instanceId, scopes);
  return ok({ from: from.value, to: to.value, routes, serverUrl: omni.server.url });
}

/** Move only this identity: it is taken off one person and given to another; nothing else of either moves. */
export const moveIdentity = defineOperation<MoveInput, MoveWorld>({
  name: 'persons.move-identity',
  scopes: ['persons:write'],
  input: moveInput,
  subjects: ({ identityId, fromPersonId, toPersonId }) => [
    `identity:${identityId}`,
    `person:${fromPersonId}`,
    `person:${toPersonId}`,
  ],
  contacts: (_, { from, to }) => [...contactsOfSide(from), ...contactsOfSide(to)],
  read,
  plan: planMove,
  steps: identitySteps,
  async verify({ input, before, omni, results }) {
    const [from, to, between] = await Promise.all([
      side(omni, input.fromPersonId),
      side(omni, input.toPersonId),
      side(omni, made(results, 'unlink')),
    ]);
    const identity = { id: input.identityId };
    const others = before.from?.identities.filter(({ id }) => id !== input.identityId) ?? [];
    return [
      { text: { key: 'move.checked-there' }, held: to.ok ? holds(to.value, identity) : null },
      {
        text: { key: 'move.checked-rest', values: { count: others.length } },
        held: from.ok ? others.every((one) => holds(from.value, one)) && !holds(from.value, identity) : null,
      },
      { text: { key: 'move.checked-no-third' }, held: between.ok ? between.value === null : null },
    ];
  },
  undo: ({ input }) => ({
    operation: 'persons.move-identity',
    input: {
      identityId: input.identityId,
      fromPersonId: input.toPersonId,
      toPersonId: input.fromPersonId,
      reason: 'Moved back',
    },
  }),
  undoPartly: ({ input: { fromPersonId, identityId }, results }) => putBackInto(fromPersonId, identityId, results),
});
