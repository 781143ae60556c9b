import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { getPresence } from '#lib/omni/resources/persons.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import type { Identity, Person } from '#lib/omni/schemas/persons.ts';
import { visibleName } from '#lib/text/visible.ts';
import { sameJson } from '#lib/operations/plan/canonical.ts';
import type { Json } from '#lib/operations/plan/define.ts';
import { channelName } from '#lib/persons/directory/channels.ts';
import { userOf } from '#lib/persons/directory/handle.ts';
import { phoneText } from '#lib/text/phone-text.ts';
import { calledAmong, type Named } from './called.ts';

/** A person with all identities, as Omni has them. */
export type PersonRecord = { person: Person; identities: Identity[] };

/** A person with all identities, or null when Omni knows no such person. Scope `persons:read`. Omni's error otherwise. */
export async function readPersonRecord(omni: Omni, id: string): Promise<Result<PersonRecord | null, OmniError>> {
  const presence = await getPresence(omni, id);
  if (presence.ok) return ok({ person: presence.value.person, identities: presence.value.identities });
  return presence.error.kind === 'not_found' ? ok(null) : presence;
}

/** A person in a sentence: the name, else the phone, the e-mail or a handle, else the first eight characters of the id. */
export function calledBy({
  person,
  identities = [],
}: {
  person: Pick<Person, 'displayName' | 'primaryPhone' | 'primaryEmail' | 'id'>;
  identities?: PersonRecord['identities'];
}): string {
  const { name, facts } = namedOf({ person, identities });
  return name ?? facts[0] ?? `${person.id.slice(0, 8)}…`;
}

/** What people are called in one sentence, in their order: two of one name are told apart by a fact. */
export function calledApart(records: readonly PersonRecord[]): string[] {
  const named = records.map((record) => ({ ...namedOf(record), name: calledBy(record) }));
  return named.map((one) => calledAmong(one, named, ''));
}

/** A person with the facts that may tell them apart: phone, email, handles. */
export function namedOf({
  person,
  identities,
}: {
  person: Pick<Person, 'id' | 'displayName' | 'primaryPhone' | 'primaryEmail'>;
  identities: readonly Pick<Identity, 'channel' | 'platformUserId'>[];
}): Named {
  const phone = person.primaryPhone?.trim();
  const handles = identities.map(calledIdentity);
  const facts = [phone ? (phoneText(phone) ?? phone) : '', person.primaryEmail?.trim() ?? '', ...handles];
  return { id: person.id, name: visibleName(person.displayName), facts: facts.filter(Boolean) };
}

/** An identity in a sentence: its channel and what the channel calls its user. */
export function calledIdentity({ channel, platformUserId }: Pick<Identity, 'channel' | 'platformUserId'>): string {
  return `${channelName(channel)} ${userOf(platformUserId)}`;
}

/** The phone, email and handles that Activity finds a person by. */
export function contactsOf(record: PersonRecord | null): (string | null)[] {
  if (!record) return [];
  const { person, identities } = record;
  return [person.primaryPhone, person.primaryEmail, ...identities.map(({ platformUserId }) => platformUserId)];
}

/** Whether a person holds an identity. */
export function holds(record: PersonRecord | null, identity: { id: string }): boolean {
  return record?.identities.some(({ id }) => id === identity.id) ?? false;
}

/** Whether a person holds exactly one identity, this one. */
export function holdsOnly(record: PersonRecord | null, identity: { id: string }): boolean {
  return record?.identities.length === 1 && holds(record, identity);
}

/** Whether a person holds all of these identities. */
export function holdsAll(record: PersonRecord | null, identities: readonly { id: string }[]): boolean {
  return identities.every((identity) => holds(record, identity));
}

/** Whether a person's fields are exactly these. */
export function hasFields(person: object, fields: { [field: string]: Json }): boolean {
  const now = person as Record<string, unknown>;
  return Object.entries(fields).every(([field, value]) => sameJson(now[field], value));
}
