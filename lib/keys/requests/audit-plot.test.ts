import { expect, test } from 'vitest';
import type { KeyCall } from '#lib/omni/schemas/keys.ts';
import { localOf } from '#lib/i18n/local-time.ts';
import { errorsOf, plotOf, total } from './audit-plot.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const call = (at: number, statusCode = 200) =>
  ({
    id: String(at),
    method: 'GET',
    path: '/api/v2/persons',
    statusCode,
    timestamp: new Date(at).toISOString(),
  }) as KeyCall;

test.each([
  ['America/Sao_Paulo', 3],
  ['Asia/Kolkata', 18.5],
  ['Pacific/Auckland', 12],
  ['UTC', 0],
])('plotOf: bars of days begin at midnight in %s, and every request is in one', (zone, hour) => {
  const newest = Date.parse('2026-06-20T15:00:00.000Z');
  const calls = Array.from({ length: 40 }, (_, n) => call(newest - n * DAY, n % 3 === 0 ? 500 : 200));
  const { bars, width } = plotOf(calls, zone);
  expect(width).toBe(DAY);
  for (const { from } of bars) expect((from / HOUR) % 24).toBe(hour);
  expect(bars.reduce((sum, bar) => sum + total(bar), 0)).toBe(40);
  expect(bars.at(-1)?.from).toBeLessThanOrEqual(newest);
});

test.each(['America/New_York', 'Europe/Berlin', 'Pacific/Auckland', 'America/Sao_Paulo'])(
  'plotOf: days stay days across a change of clocks in %s',
  (zone) => {
    for (const around of [
      '2027-03-14T12:00:00Z',
      '2027-03-28T12:00:00Z',
      '2027-04-04T00:00:00Z',
      '2026-10-25T12:00:00Z',
    ]) {
      const calls = Array.from({ length: 30 * 8 }, (_, index) =>
        call(Date.parse(around) + (index - 120) * 3 * 3_600_000),
      );
      const { bars } = plotOf(calls, zone, { least: DAY });
      for (const { from } of bars) expect(localOf(new Date(from).toISOString(), zone).slice(11)).toBe('00:00');
      expect(bars.reduce((sum, bar) => sum + total(bar), 0)).toBe(calls.length);
    }
  },
);

test('errorsOf: what was refused or failed is counted by its status, the most first', () => {
  const calls = [200, 403, 500, 404, 403, 302].map((status, at) => call(at, status));
  expect(errorsOf(calls)).toEqual([
    { status: 403, count: 2 },
    { status: 404, count: 1 },
    { status: 500, count: 1 },
  ]);
});
