import { expect, test } from 'vitest';
import { median, targetOf } from './numbers.ts';

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 2, 3], 2.5],
  [[10, 9, 100], 10],
])('the median of %j is %d', (values, middle) => {
  expect(median(values)).toBe(middle);
});

test('a missed target is called missed', () => {
  expect([targetOf(1000, 1000), targetOf(1000.1, 1000), targetOf(NaN, 1500)]).toEqual([
    'target ≤ 1,000 ms',
    'MISSED: target ≤ 1,000 ms',
    'MISSED: target ≤ 1,500 ms',
  ]);
});
