import { expect, test } from 'vitest';
import { isStillMeant, meansAtOnce } from './expiry-ahead.ts';

const NOW = Date.parse('2026-05-01T12:00:00.000Z');
const at = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();

test.each([
  ['15 minutes, set in time', 15, 0, 10, true],
  ['15 minutes, set a minute too late', 15, 0, 16, false],
  ['at once, set at once', 0, 0, 0, true],
  ['at once, set four minutes later', 0, 0, 4, true],
  ['at once, set an hour later', 0, 0, 60, false],
  ['long past when it was agreed to', -10, 0, 0, false],
])('isStillMeant: an expiry in %s', (_, end, agreed, now, meant) => {
  expect(isStillMeant(at(end), NOW + agreed * 60_000, NOW + now * 60_000)).toBe(meant);
});

test('meansAtOnce: an expiry a few seconds ahead, not one of a minute', () => {
  expect([meansAtOnce(at(0.1), NOW), meansAtOnce(at(1), NOW)]).toEqual([true, false]);
});
