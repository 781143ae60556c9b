import { dayAfter, startOfDay } from '#lib/i18n/local-time.ts';

/** What of a person's messages is asked for; days are days in the reader's zone. */
export type TimelineChoice = { channel?: string | undefined; since?: string | undefined; until?: string | undefined };

/** The same, as Omni takes it. */
export function timelineFilter({ channel, since, until }: TimelineChoice, timeZone: string) {
  return {
    ...(channel ? { channels: channel } : {}),
    ...(since ? { since: new Date(startOfDay(since, timeZone)).toISOString() } : {}),
    ...(until ? { until: new Date(startOfDay(dayAfter(until), timeZone) - 1).toISOString() } : {}),
  };
}
