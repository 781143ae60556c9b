import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isLocalTime, localTimeOf, momentOf } from './zoned-time.ts';

test.each([
  ['2026-11-24T09:30', 'America/Sao_Paulo', '2026-11-24T12:30:00.000Z'],
  ['2026-11-24T09:30', 'UTC', '2026-11-24T09:30:00.000Z'],
  ['2026-07-01T00:00', 'Europe/Lisbon', '2026-06-30T23:00:00.000Z'],
  ['2026-01-01T00:00', 'Asia/Kolkata', '2025-12-31T18:30:00.000Z'],
  ['2026-10-25T01:30', 'Europe/Lisbon', '2026-10-25T00:30:00.000Z'],
])('%s in %s is %s', (local, zone, utc) => {
  expect(new Date(momentOf(local, zone)).toISOString()).toBe(utc);
});

test('a time that clocks skip is still a moment', () => {
  expect(new Date(momentOf('2026-03-29T01:30', 'Europe/Lisbon')).toISOString()).toMatch(/^2026-03-29T0[01]:30/);
});

test('a moment shown and read again is the same minute', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2_000_000 }), (minutes) => {
      const moment = Date.UTC(2025, 0, 1) + minutes * 60_000;
      for (const zone of ['America/Sao_Paulo', 'Asia/Kolkata', 'UTC']) {
        expect(momentOf(localTimeOf(moment, zone), zone)).toBe(moment);
      }
    }),
  );
});

test.each(['2026-02-30T10:00', '2026-11-24', '', 'yesterday', '2026-11-24T25:00', null, 7])('%s is no time', (text) => {
  expect(isLocalTime(text)).toBe(false);
});
