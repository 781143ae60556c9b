const LOCAL = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d))?$/;

/** Whether a text is what a `datetime-local` field holds and a day that exists: `2026-11-24T09:30`. */
export function isLocalTime(text: unknown): text is string {
  if (typeof text !== 'string' || !LOCAL.test(text)) return false;
  const date = new Date(`${text}Z`);
  return !Number.isNaN(date.valueOf()) && date.toISOString().startsWith(text);
}

/**
 * The moment (milliseconds) a clock in a time zone shows a local time. A time that clocks skip is read as if they had not;
 * of one that comes twice it is the first.
 */
export function momentOf(local: string, timeZone: string): number {
  const wall = Date.parse(`${local}Z`);
  const first = wall - offsetAt(wall, timeZone);
  const earlier = wall - offsetAt(wall - 86_400_000, timeZone);
  return [earlier, first].find((moment) => moment + offsetAt(moment, timeZone) === wall) ?? first;
}

/** What a clock in a time zone shows at a moment, as a `datetime-local` field takes it. */
export function localTimeOf(moment: number, timeZone: string): string {
  return new Date(moment + offsetAt(moment, timeZone)).toISOString().slice(0, 16);
}

/** Milliseconds a zone's clock is ahead of UTC at a moment. */
function offsetAt(moment: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(moment);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value ?? 0);
  const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return shown - Math.floor(moment / 1000) * 1000;
}
