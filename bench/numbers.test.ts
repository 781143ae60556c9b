import { expect, test } from 'vitest';
import { median, table } from './numbers.ts';

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 2, 3], 2.5],
  [[10, 9, 100], 10],
])('the median of %j is %d', (values, middle) => {
  expect(median(values)).toBe(middle);
});

test('bench table: a promise that was not kept says so, and only that', () => {
  const lines = table('Keys', [
    { what: 'rows', figure: '600 ms', note: 'target ≤ 500 ms', held: false },
    { what: 'weight', figure: '1 kB', held: true },
    { what: 'calls', figure: '3' },
  ]).split('\n');
  expect(lines.filter((line) => line.endsWith('MISSED'))).toHaveLength(1);
  expect(lines[2]).toContain('MISSED');
});
