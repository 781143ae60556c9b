import { expect, test } from 'vitest';
import { firstChoice, step, type Group } from './groups.ts';

const group = (id: string, count: number, pending = false): Group => ({
  id,
  title: id,
  pending,
  choices: Array.from({ length: count }, (_, at) => ({ id: `${id}${at}`, icon: '', label: '', does: { go: '/' } })),
});

test('Enter means the first line, and none that something may still come before', () => {
  expect(firstChoice([group('a', 2), group('b', 1)])).toBe('a0');
  expect(firstChoice([group('a', 0), group('b', 1)])).toBe('b0');
  expect(firstChoice([group('a', 0, true), group('b', 1)])).toBeNull();
  expect(firstChoice([group('a', 1, true), group('b', 1)])).toBe('a0');
  expect(firstChoice([])).toBeNull();
});

test('asking a source again is meant only where there is nothing else', () => {
  const failed: Group = { id: 'f', title: '', choices: [{ id: 'f0', icon: '', label: '', does: { again: 'key' } }] };
  expect(firstChoice([failed, group('b', 1)])).toBe('b0');
  expect(firstChoice([failed])).toBe('f0');
});

test('arrows go around the ends and over headings', () => {
  const groups = [group('a', 2), group('b', 1)];
  expect(['ArrowDown', 'ArrowUp', 'Home', 'End', 'x'].map((key) => step(groups, 'a1', key))).toEqual([
    'b0',
    'a0',
    'a0',
    'b0',
    'a1',
  ]);
  expect(step(groups, 'b0', 'ArrowDown')).toBe('a0');
  expect(step(groups, 'a0', 'ArrowUp')).toBe('b0');
  expect(step(groups, null, 'ArrowDown')).toBe('a0');
  expect(step(groups, null, 'ArrowUp')).toBe('b0');
  expect(step([], null, 'ArrowDown')).toBeNull();
});
