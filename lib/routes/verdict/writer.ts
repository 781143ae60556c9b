import { LATE, mapSeen, valueOf, type Seen } from '#lib/omni/seen.ts';
import type { Presence } from '#lib/omni/schemas/persons.ts';
import type { RouteName } from '#lib/routes/list/route-name.ts';
import type { AccessSeen, Contact, VerdictFacts, Writer } from './verdict.ts';

/** How a person is called, and where. */
export type PersonHandles = readonly (Contact & { instanceId: string | null })[];

/** A chat by its name as it was read; `undefined`: it did not come in time. */
export function chatOfName(name: RouteName | undefined): Seen<RouteName> {
  if (name === undefined) return LATE;
  return name.state === 'failed' ? (name.why ?? UNREAD) : valueOf(name);
}

const UNREAD: Seen<never> = { is: 'failed', problem: { code: 'unexpected', values: {} } };

/** The instance a chat belongs to. */
export function homeOfChat(chat: Seen<RouteName>): NonNullable<VerdictFacts['chatHome']> {
  return mapSeen(chat, ({ state, instanceId }) => (state === 'gone' ? 'gone' : (instanceId ?? null)));
}

/** All identities of a person. */
export function handlesOf({ identities, person }: Presence): PersonHandles {
  return identities.map(({ platformUserId, instanceId }) => ({
    handle: platformUserId,
    phone: person.primaryPhone,
    instanceId,
  }));
}

/**
 * Whoever writes: the person's identities on the instance, in a direct chat the one it is with; without a person, in a direct chat
 * its own handle; else nobody in particular, which is null.
 */
export function writerOf(
  access: AccessSeen,
  instanceId: string,
  chat: Seen<RouteName> | null,
  person: Seen<PersonHandles> | null,
): Writer | null {
  const partner =
    chat?.is === 'value' && chat.value.direct
      ? [chat.value.handle, chat.value.canonicalId].flatMap((handle) => handle ?? [])
      : [];
  if (person) return { ...access, contacts: mapSeen(person, (all) => handlesHere(all, instanceId, partner)) };
  const [handle] = partner;
  return handle === undefined ? null : { ...access, contacts: valueOf([{ handle, phone: null }]) };
}

function handlesHere(all: PersonHandles, instanceId: string, partner: readonly string[]): Contact[] {
  const here = all.filter((one) => one.instanceId === instanceId);
  const own = here.filter(({ handle }) => partner.includes(handle));
  return (own.length > 0 ? own : here).map(({ handle, phone }) => ({ handle, phone }));
}
