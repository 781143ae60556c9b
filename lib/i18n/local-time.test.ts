import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayAfter, endOfDayIn, isoOf, localOf, startOfDay } from './local-time.ts';

const ZONES = ['UTC', 'America/Sao_Paulo', 'America/New_York', 'Europe/Berlin', 'Asia/Kathmandu', 'Pacific/Apia'];

test('local time: what a field shows is the same moment again, to the minute, where clocks do not change', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: Date.parse('2024-01-01'), max: Date.parse('2040-01-01') }),
      fc.constantFrom(...ZONES),
      (moment, zone) => {
        const local = localOf(new Date(moment).toISOString(), zone);
        const back = isoOf(local, zone);
        expect(localOf(back, zone)).toBe(local);
        expect(Math.abs(Date.parse(back ?? '') - moment)).toBeLessThanOrEqual(3_600_000 + 60_000);
      },
    ),
    { numRuns: 400 },
  );
});

test.each([
  ['2026-12-31T23:59', 'America/Sao_Paulo', '2027-01-01T02:59:00.000Z'],
  ['2026-03-08T02:30', 'America/New_York', '2026-03-08T07:30:00.000Z'],
  ['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00.000Z'],
  ['', 'UTC', null],
  ['2026-02-31T25:00', 'UTC', null],
] as const)('local time: %s in %s is %s', (local, zone, iso) => expect(isoOf(local, zone)).toBe(iso));

test('local time: the end of a day is that of the zone', () => {
  const now = Date.parse('2026-06-30T01:00:00.000Z');
  expect(endOfDayIn(7, now, 'America/Sao_Paulo')).toBe('2026-07-07T02:59:00.000Z');
  expect(endOfDayIn(0, now, 'UTC')).toBe('2026-06-30T23:59:00.000Z');
  // Days are counted on the calendar: the clocks of New York are set forward and back between these.
  const lateIn = (day: string, offset: string) => Date.parse(`${day}T23:30:00${offset}`);
  expect(endOfDayIn(30, lateIn('2027-03-01', '-05:00'), 'America/New_York')).toBe('2027-04-01T03:59:00.000Z');
  expect(endOfDayIn(30, Date.parse('2026-10-20T00:30:00-04:00'), 'America/New_York')).toBe('2026-11-20T04:59:00.000Z');
});

test('local time: a day begins and ends in the reader’s zone', () => {
  const zone = 'America/Sao_Paulo';
  expect(new Date(startOfDay('2026-05-03', zone)).toISOString()).toBe('2026-05-03T03:00:00.000Z');
  expect(new Date(startOfDay(dayAfter('2026-12-31'), zone)).toISOString()).toBe('2027-01-01T03:00:00.000Z');
});
