import { keep } from '#lib/text/keep.ts';

const clock = keep(
  16,
  (timeZone) =>
    new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    }),
);

/** How far a zone's clocks are ahead of UTC at a moment, in milliseconds. */
export function offsetAt(moment: number, timeZone: string): number {
  const parts = clock(timeZone).formatToParts(moment);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return wall - Math.floor(moment / 1000) * 1000;
}

/** A moment as a `datetime-local` field shows it in a zone: `2026-12-31T23:59`. Empty for what is no time. */
export function localOf(iso: string | null, timeZone: string): string {
  const moment = iso === null ? NaN : Date.parse(iso);
  if (Number.isNaN(moment)) return '';
  return new Date(moment + offsetAt(moment, timeZone)).toISOString().slice(0, 16);
}

/**
 * The moment a `datetime-local` text means in a zone, as ISO with `Z`; null for what is no time. An hour that a change of
 * clocks leaves out is taken as the one after it, one that comes twice as the first.
 */
export function isoOf(local: string, timeZone: string): string | null {
  const wall = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(local) ? Date.parse(`${local}:00Z`) : NaN;
  if (Number.isNaN(wall)) return null;
  const before = offsetAt(wall - 86_400_000, timeZone);
  const after = offsetAt(wall + 86_400_000, timeZone);
  const exact = [before, after]
    .map((offset) => wall - offset)
    .find((moment) => moment + offsetAt(moment, timeZone) === wall);
  return new Date(exact ?? wall - before).toISOString();
}

/** The last minute of the day in a zone that is so many of its days from now (milliseconds), as ISO. */
export function endOfDayIn(days: number, now: number, timeZone: string): string {
  const today = localOf(new Date(now).toISOString(), timeZone).slice(0, 10);
  const day = new Date(Date.parse(`${today}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
  return isoOf(`${day}T23:59`, timeZone) ?? new Date(now).toISOString();
}

/** The first moment (milliseconds) of a day (`2026-05-03`) in a zone. */
export function startOfDay(day: string, timeZone: string): number {
  return Date.parse(isoOf(`${day}T00:00`, timeZone) ?? `${day}T00:00:00Z`);
}

/** The day after a day, both as `2026-05-03`. */
export function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
