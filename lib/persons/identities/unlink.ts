import 'server-only';
import { env } from '#lib/env.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import { listRoutes } from '#lib/omni/resources/routes.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { defineOperation, type Json, type Text, type Undo } from '#lib/operations/plan/define.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { identitySteps, createdBy } from './identity-steps.ts';
import { leftEmpty, newestBare } from './left-empty.ts';
import { mapSeen, readSeen, valueOf, type Seen } from '#lib/omni/seen.ts';
import { parsePhone, phoneRefusal } from '#lib/persons/directory/phone-input.ts';
import { planUnlink, unlinkInput, type UnlinkInput, type UnlinkFacts } from './unlink-plan.ts';
import { whoHasPhone } from '#lib/persons/record/taken.ts';
import { contactsOf, hasFields, holds, holdsOnly, readPersonRecord } from '#lib/persons/record/person-record.ts';

async function read(
  input: UnlinkInput,
  omni: Omni,
  scopes: readonly string[] | null,
): Promise<Result<UnlinkFacts, OmniError>> {
  const [person, wanted, bare] = await Promise.all([
    readPersonRecord(omni, input.personId),
    wantedFields(input, omni),
    newestBare(omni),
  ]);
  if (!person.ok) return person;
  if (!wanted.ok) return wanted;
  const instanceId = person.value?.identities.find(({ id }) => id === input.identityId)?.instanceId ?? null;
  return ok({
    person: person.value,
    routes: await routesOf(omni, instanceId, scopes),
    undoable: allows(scopes, 'access:read') !== 'no',
    serverUrl: omni.server.url,
    bare,
    ...wanted.value,
  });
}

/** The user routes of an identity's instance. */
export async function routesOf(
  omni: Omni,
  instanceId: string | null,
  scopes: readonly string[] | null,
): Promise<Seen<Route[]>> {
  if (instanceId === null) return valueOf([]);
  const routes = await readSeen(scopes, 'routes:read', () => listRoutes(omni, instanceId));
  return mapSeen(routes, (all) => all.filter(({ scope }) => scope === 'user'));
}

type Wanted = Pick<UnlinkFacts, 'fields' | 'refusal'>;

/** The fields of the new person as Omni will store them; a phone that is none or that somebody has refuses the whole. */
async function wantedFields({ fill }: UnlinkInput, omni: Omni): Promise<Result<Wanted, OmniError>> {
  const name = fill.displayName ? { displayName: fill.displayName } : {};
  if (!fill.primaryPhone) return ok({ fields: name, refusal: null });
  const phone = parsePhone(fill.primaryPhone, env().DEFAULT_PHONE_REGION);
  const refuse = (refusal: Text) => ok({ fields: name, refusal });
  if (!phone.ok) return refuse(phoneRefusal(phone, fill.primaryPhone));
  const holder = await whoHasPhone(omni, phone.stored, null);
  if (!holder.ok) return holder;
  if (holder.value) return refuse({ key: 'edit.phone-taken', values: holder.value });
  return ok({ fields: { ...name, primaryPhone: phone.stored }, refusal: null });
}

/** Unlinks one identity: Omni creates a new person for it, whose name and phone can be filled in at once. */
export const unlinkOperation = defineOperation<UnlinkInput, UnlinkFacts>({
  name: 'persons.unlink',
  scopes: ['persons:write'],
  input: unlinkInput,
  subjects: ({ personId, identityId }) => [`person:${personId}`, `identity:${identityId}`],
  contacts: (_, { person, fields }) => [...contactsOf(person), fields.primaryPhone],
  read,
  plan: planUnlink,
  steps: identitySteps,
  async verify({ input, before, omni, results }) {
    const newId = createdBy(results, 'unlink');
    const [old, fresh] = await Promise.all([readPersonRecord(omni, input.personId), readPersonRecord(omni, newId)]);
    const identity = { id: input.identityId };
    return [
      { text: { key: 'unlink.checked-off' }, held: old.ok ? !holds(old.value, identity) : null },
      {
        text: { key: 'unlink.checked-new' },
        held: fresh.ok ? holdsOnly(fresh.value, identity) : null,
        subject: `person:${newId}`,
      },
      ...(Object.keys(before.fields).length > 0
        ? [
            {
              text: { key: 'edit.verified' },
              held: fresh.ok ? fresh.value !== null && hasFields(fresh.value.person, before.fields) : null,
            },
          ]
        : []),
      ...(await leftEmpty(omni, before.bare, [input.personId, newId])),
    ];
  },
  undo: ({ input: { personId, identityId }, results }) => undoOfUnlink(personId, identityId, results),
  undoPartly: ({ input: { personId, identityId }, results }) => undoOfUnlink(personId, identityId, results),
});

/** The undo of an unlink: the new person is merged into the one who had the identity. */
export function undoOfUnlink(
  personId: string,
  identityId: string,
  results: Readonly<Record<string, Json | undefined>>,
): Undo {
  return {
    operation: 'persons.unlink-undo',
    input: { identityId, fromPersonId: createdBy(results, 'unlink'), toPersonId: personId },
  };
}
