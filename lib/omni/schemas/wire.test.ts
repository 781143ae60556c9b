import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ipAddress, isoTime, listOf, orNull, time } from './wire.ts';
import { z } from 'zod';

test.each([
  ['2026-01-01T00:00:00.123Z', '2026-01-01T00:00:00.123Z'],
  ['2026-06-26 00:00:00.000123+00', '2026-06-26T00:00:00.000Z'],
  ['2026-06-26 00:00:00.999999+00', '2026-06-26T00:00:00.999Z'],
  ['2026-08-06 15:56:08.215742-03', '2026-08-06T18:56:08.215Z'],
  ['2026-08-06 15:56:08.2+05:30', '2026-08-06T10:26:08.200Z'],
  ['2026-08-06 15:56:08+0530', '2026-08-06T10:26:08.000Z'],
  ['2026-08-06 15:56:08', '2026-08-06T15:56:08.000Z'],
  ['2026-08-06T15:56:08Z', '2026-08-06T15:56:08.000Z'],
])('omni wire: %s is %s', (text, iso) => {
  expect(isoTime(text)).toBe(iso);
});

test.each(['', 'yesterday', '2026-13-01T00:00:00Z', '2026-01-01', 'infinity'])('%j is no time', (text) => {
  expect(isoTime(text)).toBeUndefined();
  expect(time.safeParse(text).success).toBe(false);
});

test('omni wire: PostgreSQL’s text and ISO say the same time', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }), (date) => {
      const iso = date.toISOString();
      expect(isoTime(iso.replace('T', ' ').replace('Z', '999+00'))).toBe(iso);
      expect(isoTime(iso)).toBe(iso);
    }),
  );
});

test('omni wire: what another generation leaves out is null or empty', () => {
  const row = z.object({ label: orNull(z.string()), labels: listOf(z.string()) });
  expect(row.parse({})).toEqual({ label: null, labels: [] });
  expect(row.parse({ label: null, labels: null })).toEqual({ label: null, labels: [] });
});

test('omni wire: an address that no proxy told is none', () => {
  expect(['unknown', '203.0.113.7', null, undefined].map((ip) => ipAddress.parse(ip))).toEqual([
    null,
    '203.0.113.7',
    null,
    null,
  ]);
});
