import type { Presence } from '#lib/omni/schemas/persons.ts';
import { channelName } from './channels.ts';

/** What Omni tells per person only. `seen`: a time, `never` without any message, `unknown` where it has none but messages. */
export type LateCell = { id: string; name: string | null; channels: string[]; seen: string | 'never' | 'unknown' };

/** The late cells of one row. `name` is the person's own, which a search hit's may not be (contract §3). */
export function lateCell({ person, summary }: Presence): LateCell {
  return {
    id: person.id,
    name: person.displayName?.trim() || null,
    channels: [...new Set(summary.activeChannels.map(channelName))],
    seen: summary.lastSeenAt ?? (summary.totalMessages > 0 ? 'unknown' : 'never'),
  };
}
