import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { fanOut } from '#lib/omni/paging/fan-out.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { err, ok, type Result } from '#lib/omni/result.ts';
import { instancesSnapshot } from '#lib/omni/cache/snapshot.ts';
import { allows } from '#lib/scopes/scopes.ts';
import type { Json } from '#lib/operations/plan/define.ts';
import { channelName } from '#lib/persons/directory/channels.ts';
import { PERSON_FIELDS, type PersonField } from '#lib/persons/merge/merge-facts.ts';
import { phoneSpelling, type PhoneSpelling } from '#lib/text/phone.ts';
import { phoneText } from '#lib/text/phone-text.ts';
import { namedOf, readPersonRecord } from './person-record.ts';

/** A person as the pages that compare people show them. */
export type ComparedRecord = {
  id: string;
  name: string | null;
  /** What may tell them from somebody of the same name, the best first. */
  facts: readonly string[];
  /** `spelling`: of the phone, to compare it with another's. */
  fields: { field: PersonField; value: Json; text: string | null; spelling: PhoneSpelling | null }[];
  identities: {
    id: string;
    channel: string;
    handle: string;
    instance: string | null;
    messages: number;
    lastSeenAt: string | null;
  }[];
  createdAt: string;
};

/** Reads people to compare them; ids that Omni does not have are left out. Scope `persons:read`. */
export async function readComparedRecords(
  omni: Omni,
  ids: readonly string[],
  scopes: readonly string[] | null,
): Promise<Result<ComparedRecord[], OmniError>> {
  const names = allows(scopes, 'instances:read') === 'no' ? null : await instancesSnapshot(omni);
  const instanceNames = new Map(names?.ok ? names.value.map(({ id, name }) => [id, name]) : []);
  const answers = await fanOut(omni, ids, { concurrency: 4 }, (id) => readPersonRecord(omni, id));
  const failed = answers.find((answer) => answer.state === 'failed');
  if (failed?.state === 'failed') return err(failed.error);
  return ok(
    answers.flatMap((answer) => {
      if (answer.state !== 'ok' || answer.value === null) return [];
      const { person, identities } = answer.value;
      return {
        ...namedOf(answer.value),
        createdAt: person.createdAt,
        fields: PERSON_FIELDS.map((field) => ({
          field,
          value: (person[field] ?? null) as Json,
          text: shown(field, (person[field] ?? null) as Json),
          spelling: field === 'primaryPhone' ? phoneSpelling(person.primaryPhone ?? '') : null,
        })),
        identities: identities.map((identity) => ({
          id: identity.id,
          channel: channelName(identity.channel),
          handle: identity.platformUserId,
          instance: instanceNames.get(identity.instanceId ?? '') ?? null,
          messages: identity.messageCount,
          lastSeenAt: identity.lastSeenAt,
        })),
      };
    }),
  );
}

function shown(field: PersonField, value: Json): string | null {
  if (value === null || value === '') return null;
  if (typeof value !== 'string') return Object.keys(value as object).length > 0 ? JSON.stringify(value) : null;
  return field === 'primaryPhone' ? (phoneText(value) ?? value) : value;
}
