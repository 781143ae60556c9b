import { expect, test } from 'vitest';
import { endings, LATELY_DAYS, pressing } from './expiring.ts';
import type { KeyRow } from './row.ts';
import { statusOf } from './status.ts';

const NOW = Date.parse('2026-06-01T12:00:00.000Z');

function row(id: string, days: number | null, more: Partial<KeyRow> = {}): KeyRow {
  const expiresAt = days === null ? null : new Date(NOW + days * 86_400_000).toISOString();
  return { id, kinds: [], expiresAt, status: statusOf({ status: 'active', expiresAt }, NOW), ...more } as KeyRow;
}

const listed = (rows: KeyRow[], replaced: string[] = []) => endings(rows, new Set(replaced), NOW).map(({ id }) => id);

test('the session’s own key comes first, then whatever ended or ends first', () => {
  expect(listed([row('soon', 9), row('sooner', 1), row('own', 12, { kinds: ['own'] }), row('lately', -2)])).toEqual([
    'own',
    'lately',
    'sooner',
    'soon',
  ]);
});

test('a key that goes on, ended long ago, was revoked or is replaced by another needs nobody', () => {
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
])('a key that ends in %s days does not wait: %s', (days, now) => expect(pressing([row('a', days)], NOW)).toBe(now));
