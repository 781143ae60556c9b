import { expect, test } from 'vitest';
import { expiringKeys, LATELY_DAYS, isUrgent } from './expiring.ts';
import type { ListedKey } from './listed-key.ts';
import { statusOf } from './status.ts';

const NOW = Date.parse('2026-06-01T12:00:00.000Z');

function row(id: string, days: number | null, more: Partial<ListedKey> = {}): ListedKey {
  const expiresAt = days === null ? null : new Date(NOW + days * 86_400_000).toISOString();
  return { id, kinds: [], expiresAt, status: statusOf({ status: 'active', expiresAt }, NOW), ...more } as ListedKey;
}

const listed = (rows: ListedKey[], replaced: string[] = []) =>
  expiringKeys(rows, new Set(replaced), NOW).map(({ id }) => id);

test('expiringKeys: the session’s own key comes first, then what expires soon, then what expired lately', () => {
  expect(listed([row('soon', 9), row('sooner', 1), row('own', 12, { kinds: ['own'] }), row('lately', -2)])).toEqual([
    'own',
    'sooner',
    'soon',
    'lately',
  ]);
});

test('expiringKeys leaves out keys that don’t expire soon, expired long ago, are revoked or replaced', () => {
  expect(
    listed(
      [
        row('never', null),
        row('later', 40),
        row('long-ago', -LATELY_DAYS - 1),
        row('revoked', 3, { status: 'revoked' }),
        row('replaced', 0.5),
        row('undated', null, { status: 'expired' }),
      ],
      ['replaced'],
    ),
  ).toEqual([]);
});

test.each([
  [-1, true],
  [2.9, true],
  [3.1, false],
])('isUrgent: a key that expires in %s days: %s', (days, now) => expect(isUrgent([row('a', days)], NOW)).toBe(now));
