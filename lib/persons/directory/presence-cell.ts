import { blockedPlaces, type Blocked } from '#lib/access/rules/blocked.ts';
import type { AccessSources } from '#lib/access/rules/read-access.ts';
import type { Presence } from '#lib/omni/schemas/persons.ts';
import { valueOf, type Seen } from '#lib/omni/seen.ts';
import { visibleName } from '#lib/text/visible.ts';
import { channelName } from './channels.ts';

/** What Omni has per person only. `seen`: a time, `never` without any message, `unknown` where there are messages and no time. */
export type PersonPresence = {
  id: string;
  name: string | null;
  channels: string[];
  seen: string | 'never' | 'unknown';
};

/** The same with where access rules keep the person out. */
export type PresenceCell = PersonPresence & { blocked: Seen<Blocked> };

/** The presence of one row. `name` is the person's own, which a search hit's may not be (contract §3). */
export function personPresence({ person, summary }: Presence): PersonPresence {
  return {
    id: person.id,
    name: visibleName(person.displayName),
    channels: [...new Set(summary.activeChannels.map(channelName))],
    seen: summary.lastSeenAt ?? (summary.totalMessages > 0 ? 'unknown' : 'never'),
  };
}

/** The same with where the person is blocked. */
export function presenceCell(presence: Presence, access: AccessSources): PresenceCell {
  const { person, identities } = presence;
  const blocked =
    access.is === 'read' ? valueOf(blockedPlaces(access.read, identities, person.primaryPhone)) : access.seen;
  return { ...personPresence(presence), blocked };
}
