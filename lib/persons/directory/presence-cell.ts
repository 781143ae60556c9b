import { blockedPlaces, type AccessRead, type Blocked } from '#lib/access/rules/blocked.ts';
import type { Presence } from '#lib/omni/schemas/persons.ts';
import { visibleName } from '#lib/text/visible.ts';
import { channelName } from './channels.ts';

/**
 * What Omni has per person only. `seen`: a time, `never` without any message, `unknown` where there are messages and no time.
 * `blocked`: where access rules keep the person out; null where that was not seen.
 */
export type PresenceCell = {
  id: string;
  name: string | null;
  channels: string[];
  seen: string | 'never' | 'unknown';
  blocked: Blocked | null;
};

/** The presence of one row. `name` is the person's own, which a search hit's may not be (contract §3). */
export function presenceCell({ person, summary, identities }: Presence, access: AccessRead | null): PresenceCell {
  return {
    id: person.id,
    name: visibleName(person.displayName),
    channels: [...new Set(summary.activeChannels.map(channelName))],
    seen: summary.lastSeenAt ?? (summary.totalMessages > 0 ? 'unknown' : 'never'),
    blocked: access && blockedPlaces(access, identities, person.primaryPhone),
  };
}
