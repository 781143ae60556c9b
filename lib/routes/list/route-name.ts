import type { NotSeen } from '#lib/omni/seen.ts';
import { phoneText } from '#lib/text/phone-text.ts';
import { visibleName } from '#lib/text/visible.ts';
import type { Chat } from '#lib/omni/schemas/chats.ts';
import type { Person } from '#lib/omni/schemas/persons.ts';

/**
 * What is known of the chat or person a route is for. `name` null: it has none, then `handle` stands for it. `gone`: Omni
 * has no such row any more. `failed`: it could not be looked up. `instanceId`: the instance a chat belongs to.
 */
export type RouteName = {
  id: string;
  name: string | null;
  handle: string | null;
  state: 'known' | 'gone' | 'failed';
  instanceId?: string | null;
  canonicalId?: string | null;
  /** A chat with one person. */
  direct?: boolean;
  /** Why it could not be looked up. */
  why?: NotSeen;
};

/** A chat's own name, else how its channel calls it. */
export function nameOfChat(chat: Chat): RouteName {
  return {
    id: chat.id,
    name: chat.name?.trim() || null,
    handle: chat.externalId ?? chat.canonicalId,
    state: 'known',
    instanceId: chat.instanceId,
    canonicalId: chat.canonicalId,
    direct: chat.chatType === 'dm',
  };
}

/** A person's own name, else a phone or an e-mail. */
export function nameOfPerson(person: Pick<Person, 'id' | 'displayName' | 'primaryPhone' | 'primaryEmail'>): RouteName {
  return {
    id: person.id,
    name: visibleName(person.displayName),
    handle: phoneText(person.primaryPhone ?? '') || person.primaryPhone || person.primaryEmail || null,
    state: 'known',
  };
}

/** A target whose name could not be had. */
export function unnamed(id: string, state: 'gone' | 'failed', why?: NotSeen): RouteName {
  return { id, name: null, handle: null, state, ...(why ? { why } : {}) };
}
