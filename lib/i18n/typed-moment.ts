import { isoOf, localOf } from './local-time.ts';

/** Why a typed text is no moment that can be taken. `missing`: clocks are set forward over that time. */
export type MomentProblem = 'not-a-date' | 'no-such-date' | 'year' | 'missing' | 'too-late' | 'too-early';

/** `iso` has a `Z`. `doubled`: clocks come to that time twice; the first is meant. */
export type TypedMoment = { ok: true; iso: string; doubled: boolean } | { ok: false; problem: MomentProblem };

type Options = { locale: string; timeZone: string; min?: string | null; max?: string | null };

/** The order in which a language writes day and month. */
function dayFirst(locale: string): boolean {
  const parts = new Intl.DateTimeFormat(locale).formatToParts(0);
  return parts.findIndex(({ type }) => type === 'day') < parts.findIndex(({ type }) => type === 'month');
}

/** Whether a language writes hours with AM and PM. */
function twelveHours(locale: string): boolean {
  return new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions().hour12 ?? false;
}

const two = (value: number) => String(value).padStart(2, '0');

/** A moment as the field shows it and reads it again: `12/31/2027 11:59 PM` in English, `31/12/2027 23:59` in Portuguese; `''` for none. */
export function momentText(iso: string | null, { locale, timeZone }: Pick<Options, 'locale' | 'timeZone'>): string {
  const local = localOf(iso, timeZone);
  const [, year, month, day, hour, minute] = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(local) ?? [];
  if (!year) return '';
  const date = dayFirst(locale) ? `${day}/${month}/${year}` : `${month}/${day}/${year}`;
  const hours = Number(hour);
  if (!twelveHours(locale)) return `${date} ${hour}:${minute}`;
  return `${date} ${two(hours % 12 || 12)}:${minute} ${hours < 12 ? 'AM' : 'PM'}`;
}

/**
 * The moment a reader means by what was typed, in the order of their language and in their zone. Read are digits with or without
 * separators (`12312027`, `31/12/2027 23:59`, `2027-12-31T23:59`), a time with or without AM and PM, its seconds dropped; without a time the
 * last minute of the day. A moment with its zone (`2027-12-31T23:59:00Z`) is that moment. Years have four digits. `min` and `max` are ISO.
 */
export function readMoment(typed: string, { locale, timeZone, min, max }: Options): TypedMoment {
  const exact = exactMoment(typed);
  if (exact) return within(exact, { min, max }) ?? { ok: true, iso: exact, doubled: false };
  const parts = partsOf(typed, locale);
  if (!parts) return { ok: false, problem: 'not-a-date' };
  const { year, month, day, hour, minute } = parts;
  if (year < 1000) return { ok: false, problem: 'year' };
  const wall = new Date(Date.UTC(year, month - 1, day, hour, minute));
  const local = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`;
  if (hour > 23 || minute > 59 || wall.toISOString().slice(0, 16) !== local)
    return { ok: false, problem: 'no-such-date' };
  const iso = isoOf(local, timeZone);
  if (iso === null) return { ok: false, problem: 'not-a-date' };
  if (localOf(iso, timeZone) !== local) return { ok: false, problem: 'missing' };
  return within(iso, { min, max }) ?? { ok: true, iso, doubled: comesTwice(iso, local, timeZone) };
}

function within(iso: string, { min, max }: Pick<Options, 'min' | 'max'>): TypedMoment | null {
  if (max && Date.parse(iso) > Date.parse(max)) return { ok: false, problem: 'too-late' };
  if (min && Date.parse(iso) < Date.parse(min)) return { ok: false, problem: 'too-early' };
  return null;
}

/** The moment, to the minute, of a text that a program wrote with its zone: it is the same in each reader's. Null for another text. */
function exactMoment(typed: string): string | null {
  const [, minute, zone] =
    /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d)(?::\d\d(?:\.\d+)?)?\s?(Z|[+-]\d\d:\d\d)$/i.exec(typed.trim()) ?? [];
  const moment = minute && zone ? new Date(`${minute.replace(' ', 'T')}${zone.toUpperCase()}`) : null;
  return moment && !Number.isNaN(moment.valueOf()) ? moment.toISOString() : null;
}

/** Clocks are set back by at most three hours (Antarctica/Troll sets them back two). */
const MOST_BACK_MS = 3 * 3_600_000;
const STEP_MS = 30 * 60_000;

function comesTwice(iso: string, local: string, timeZone: string): boolean {
  for (let later = STEP_MS; later <= MOST_BACK_MS; later += STEP_MS)
    if (localOf(new Date(Date.parse(iso) + later).toISOString(), timeZone) === local) return true;
  return false;
}

type Parts = { year: number; month: number; day: number; hour: number; minute: number };

function partsOf(typed: string, locale: string): Parts | null {
  // A copied date often begins with a mark of its writing direction.
  const text = typed
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')
    .trim();
  const [, date = '', time = ''] =
    /^(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.\- ]\d{1,2}[/.\- ]\d{1,4}|\d{8})(?:[T,\s]\s*|$)(?:(?:às|as|at)\s+)?(.*)$/iu.exec(
      text,
    ) ?? [];
  const days = date && dateOf(date, locale);
  const minutes = time.trim() ? timeOf(time.trim()) : { hour: 23, minute: 59 };
  return days && minutes ? { ...days, ...minutes } : null;
}

function dateOf(date: string, locale: string): Pick<Parts, 'year' | 'month' | 'day'> | null {
  const [, isoYear, isoMonth, isoDay] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(date) ?? [];
  if (isoYear) return { year: Number(isoYear), month: Number(isoMonth), day: Number(isoDay) };
  const [, one, two, year] = /^(\d{1,2})\D?(\d{1,2})\D?(\d{1,4})$/.exec(date) ?? [];
  if (!year) return null;
  const [day, month] = dayFirst(locale) ? [one, two] : [two, one];
  return { year: Number(year), month: Number(month), day: Number(day) };
}

function timeOf(time: string): Pick<Parts, 'hour' | 'minute'> | null {
  const [, hours, minutes = '0', half] =
    /^(\d{1,2})(?:[:h.]?(\d\d)(?::\d\d)?)?h?\s*([ap])?\.?(?:m\.?)?$/i.exec(time) ?? [];
  if (!hours) return null;
  const hour = Number(hours);
  if (!half) return { hour, minute: Number(minutes) };
  if (hour < 1 || hour > 12) return null;
  return { hour: (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0), minute: Number(minutes) };
}

/**
 * The text after an arrow key: one more or less (`by`) of the number at the caret, the day where that is none, and where that number
 * stands then. Null where the text is no moment. Clocks that are set forward over a time are told when the text is read.
 */
export function stepMoment(
  typed: string,
  caret: number,
  by: number,
  { locale, timeZone }: Pick<Options, 'locale' | 'timeZone'>,
): { text: string; from: number; to: number } | null {
  const read = readMoment(typed, { locale, timeZone });
  if (!read.ok) return null;
  const units = dayFirst(locale)
    ? (['day', 'month', 'year', 'hour', 'minute', 'half'] as const)
    : (['month', 'day', 'year', 'hour', 'minute', 'half'] as const);
  const before = tokensOf(typed);
  const at = before.length < 3 ? -1 : before.findIndex(({ to }) => caret <= to);
  const unit = units[at] ?? 'day';
  const wall = new Date(`${localOf(read.iso, timeZone)}:00Z`);
  if (unit === 'day') wall.setUTCDate(wall.getUTCDate() + by);
  else if (unit === 'month') addMonths(wall, by);
  else if (unit === 'year') addMonths(wall, 12 * by);
  else wall.setUTCMinutes(wall.getUTCMinutes() + by * { hour: 60, minute: 1, half: 720 }[unit]);
  const text = momentText(wall.toISOString(), { locale, timeZone: 'UTC' });
  const place = tokensOf(text)[units.indexOf(unit)];
  return text ? { text, from: place?.from ?? 0, to: place?.to ?? text.length } : null;
}

/** Moves a date by months; a day that the other month lacks becomes its last one. */
function addMonths(wall: Date, by: number): void {
  const day = wall.getUTCDate();
  wall.setUTCDate(1);
  wall.setUTCMonth(wall.getUTCMonth() + by);
  const last = new Date(Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth() + 1, 0)).getUTCDate();
  wall.setUTCDate(Math.min(day, last));
}

function tokensOf(text: string): { from: number; to: number }[] {
  return [...text.matchAll(/\d+|[AP]M/gi)].map(({ index, 0: token }) => ({ from: index, to: index + token.length }));
}
