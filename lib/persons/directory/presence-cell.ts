import type { Presence } from '#lib/omni/schemas/persons.ts';
import { visibleName } from '#lib/text/visible.ts';
import { channelName } from './channels.ts';

/** What Omni has per person only. `seen`: a time, `never` without any message, `unknown` where there are messages and no time. */
export type PresenceCell = { id: string; name: string | null; channels: string[]; seen: string | 'never' | 'unknown' };

/** The presence of one row. `name` is the person's own, which a search hit's may not be (contract §3). */
export function presenceCell({ person, summary }: Presence): PresenceCell {
  return {
    id: person.id,
    name: visibleName(person.displayName),
    channels: [...new Set(summary.activeChannels.map(channelName))],
    seen: summary.lastSeenAt ?? (summary.totalMessages > 0 ? 'unknown' : 'never'),
  };
}
