import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import { defineOperation } from '#lib/operations/plan/define.ts';
import { withBroughtBack } from '#lib/persons/directory/merged-into.ts';
import { identitySteps, createdBy } from './identity-steps.ts';
import { leftEmpty, newestBare } from './left-empty.ts';
import { linkInput, planLink, type LinkInput, type LinkFacts } from './link-plan.ts';
import { undoOfUnlink, routesOf } from './unlink.ts';
import { contactsOf, holds, readPersonRecord } from '#lib/persons/record/person-record.ts';

async function read(
  input: LinkInput,
  omni: Omni,
  scopes: readonly string[] | null,
): Promise<Result<LinkFacts, OmniError>> {
  const [from, to, bare] = await Promise.all([
    readPersonRecord(omni, input.fromPersonId),
    readPersonRecord(omni, input.toPersonId),
    newestBare(omni),
  ]);
  if (!from.ok) return from;
  if (!to.ok) return to;
  const instanceId = from.value?.identities.find(({ id }) => id === input.identityId)?.instanceId ?? null;
  const routes = await routesOf(omni, instanceId, scopes);
  return ok({ from: from.value, to: to.value, routes, serverUrl: omni.server.url, bare });
}

/** Links one identity to another person: it is unlinked from one and linked to the other. Nothing else of either moves. */
export const linkOperation = defineOperation<LinkInput, LinkFacts>({
  name: 'persons.link',
  scopes: ['persons:write'],
  input: linkInput,
  subjects: ({ identityId, fromPersonId, toPersonId }) => [
    `identity:${identityId}`,
    `person:${fromPersonId}`,
    `person:${toPersonId}`,
  ],
  contacts: (_, { from, to }) => [...contactsOf(from), ...contactsOf(to)],
  read,
  plan: planLink,
  steps: identitySteps,
  async verify({ input, before, omni, results }) {
    const [from, to, between] = await Promise.all([
      readPersonRecord(omni, input.fromPersonId),
      readPersonRecord(omni, input.toPersonId),
      readPersonRecord(omni, createdBy(results, 'unlink')),
    ]);
    const identity = { id: input.identityId };
    const others = before.from?.identities.filter(({ id }) => id !== input.identityId) ?? [];
    return [
      { text: { key: 'link.checked-there' }, held: to.ok ? holds(to.value, identity) : null },
      {
        text: { key: 'link.checked-rest', values: { count: others.length } },
        held: from.ok ? others.every((one) => holds(from.value, one)) && !holds(from.value, identity) : null,
      },
      { text: { key: 'link.checked-no-third' }, held: between.ok ? between.value === null : null },
      ...(await leftEmpty(omni, before.bare, [input.fromPersonId, input.toPersonId, createdBy(results, 'unlink')])),
    ];
  },
  today: (input, db, reader) => withBroughtBack(input, ['fromPersonId', 'toPersonId'], db, reader),
  undo: ({ input }) => ({
    operation: 'persons.link',
    input: {
      identityId: input.identityId,
      fromPersonId: input.toPersonId,
      toPersonId: input.fromPersonId,
      reason: 'Link undone',
    },
  }),
  undoPartly: ({ input: { fromPersonId, identityId }, results }) => undoOfUnlink(fromPersonId, identityId, results),
});
