import { expect, test, vi } from 'vitest';
import { runSuites, summary, type Suite } from './suites.ts';

const counts = { passed: 3, failed: 0, skipped: 1 };

test('npm test: the last line is the sum of all suites, alone on its line', () => {
  const { text, failed } = summary([
    { name: 'unit', ...counts, seconds: 1 },
    { name: 'e2e', passed: 2, failed: 1, skipped: 0, seconds: 60 },
  ]);
  expect(text.split('\n').at(-1)).toBe('5 passed, 1 failed, 1 skipped');
  expect(failed).toBe(true);
});

test('npm test: how many cases there are is said, those that were skipped included', () => {
  const { text } = summary([{ name: 'unit', ...counts, seconds: 60 }]);
  expect(text.split('\n').at(-2)).toBe('4 cases');
});

test('npm test: a deadline ends the suite that runs, tells what it was at, and the others do not begin', async () => {
  const said: unknown[] = [];
  vi.spyOn(console, 'log').mockImplementation((line) => void said.push(line));
  const deadline = new AbortController();
  const begun: string[] = [];
  const hanging: Suite = {
    name: 'unit',
    start: (late) =>
      new Promise((resolve) => {
        begun.push('unit');
        late.addEventListener('abort', () => resolve(counts));
        deadline.abort();
      }),
    running: () => ['lib/slow.test.ts'],
  };
  const never: Suite = { name: 'e2e', start: async () => ({ ...counts, passed: begun.push('e2e') }) };
  const outcomes = await runSuites([hanging, never], deadline.signal);
  expect(begun).toEqual(['unit']);
  expect(outcomes.map(({ name, failed }) => [name, failed])).toEqual([
    ['unit', 1],
    ['e2e', 1],
  ]);
  expect(said.join('\n')).toContain('✗ The deadline came while these ran:\n  lib/slow.test.ts');
  expect(said.join('\n')).toContain('✗ It did not run');
});

test('npm test: suites run in order, and a later one runs after a failure', async () => {
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
