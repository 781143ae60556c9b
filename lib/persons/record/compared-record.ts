import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { fanOut } from '#lib/omni/paging/fan-out.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { err, ok, type Result } from '#lib/omni/result.ts';
import type { Person } from '#lib/omni/schemas/persons.ts';
import { instancesSnapshot } from '#lib/omni/cache/snapshot.ts';
import { blockedPlaces, type Blocked } from '#lib/access/rules/blocked.ts';
import { readAccess } from '#lib/access/rules/read-access.ts';
import { readSeen, seenOr, valueOf, type Seen } from '#lib/omni/seen.ts';
import type { OmniGeneration } from '#lib/scopes/generations.ts';
import { channelName } from '#lib/persons/directory/channels.ts';
import type { PersonField } from '#lib/persons/merge/merge-facts.ts';
import { calledIdentity, namedOf, readPersonRecord } from './person-record.ts';

/** A person as the pages that compare people show them. */
export type ComparedRecord = {
  id: string;
  name: string | null;
  /** What may tell them from somebody of the same name, the best first. */
  facts: readonly string[];
  fields: Pick<Person, PersonField>;
  identities: {
    id: string;
    channel: string;
    handle: string;
    /** Channel and user, as it is called in a sentence. */
    called: string;
    instance: string | null;
    messages: number;
    lastSeenAt: string | null;
  }[];
  createdAt: string;
  /** Where access rules keep the person out. */
  blocked: Seen<Blocked>;
};

/** Reads people to compare them; ids that Omni does not have are left out. Scope `persons:read`. */
export async function readComparedRecords(
  omni: Omni,
  ids: readonly string[],
  reader: { scopes: readonly string[] | null; capabilities: { generation: OmniGeneration } },
): Promise<Result<ComparedRecord[], OmniError>> {
  const [names, access] = await Promise.all([
    readSeen(reader.scopes, 'instances:read', () => instancesSnapshot(omni)),
    readAccess(omni, reader),
  ]);
  const instanceNames = new Map(seenOr(names, []).map(({ id, name }) => [id, name]));
  const answers = await fanOut(omni, ids, { concurrency: 4 }, (id) => readPersonRecord(omni, id));
  const failed = answers.find((answer) => answer.state === 'failed');
  if (failed?.state === 'failed') return err(failed.error);
  return ok(
    answers.flatMap((answer) => {
      if (answer.state !== 'ok' || answer.value === null) return [];
      const { person, identities } = answer.value;
      const { displayName, primaryPhone, primaryEmail, avatarUrl, metadata } = person;
      return {
        ...namedOf(answer.value),
        createdAt: person.createdAt,
        blocked:
          access.is === 'read' ? valueOf(blockedPlaces(access.read, identities, person.primaryPhone)) : access.seen,
        fields: { displayName, primaryPhone, primaryEmail, avatarUrl, metadata },
        identities: identities.map((identity) => ({
          id: identity.id,
          channel: channelName(identity.channel),
          handle: identity.platformUserId,
          called: calledIdentity(identity),
          instance: instanceNames.get(identity.instanceId ?? '') ?? null,
          messages: identity.messageCount,
          lastSeenAt: identity.lastSeenAt,
        })),
      };
    }),
  );
}
