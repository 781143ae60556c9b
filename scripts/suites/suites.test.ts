import { expect, test } from 'vitest';
import { runSuites, summary, type Suite } from './suites.ts';

const counts = { passed: 3, failed: 0, skipped: 1 };

test('the last line is the sum of all suites, alone on its line', () => {
  const { text, failed } = summary([
    { name: 'unit', ...counts, seconds: 1 },
    { name: 'e2e', passed: 2, failed: 1, skipped: 0, seconds: 60 },
  ]);
  expect(text.split('\n').at(-1)).toBe('5 passed, 1 failed, 1 skipped');
  expect(failed).toBe(true);
});

test('what passed only at its second try is said', () => {
  const { text } = summary([{ name: 'e2e', ...counts, second: 2, seconds: 60 }]);
  expect(text).toContain('3 passed, 0 failed, 1 skipped; 2 passed only when tried again');
});

test('suites run in order, and a later one runs after a failure', async () => {
  const order: string[] = [];
  const suite = (name: string, failed: number): Suite => ({
    name,
    start: async () => {
      order.push(name);
      return { ...counts, failed };
    },
  });
  const outcomes = await runSuites([suite('a', 1), suite('b', 0)]);
  expect(order).toEqual(['a', 'b']);
  expect(outcomes.map(({ name, failed }) => [name, failed])).toEqual([
    ['a', 1],
    ['b', 0],
  ]);
});
