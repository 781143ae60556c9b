import { expect, test } from 'vitest';
import { firstChoice, step, type PaletteGroup } from './palette-groups.ts';

const group = (id: string, count: number, pending = false): PaletteGroup => ({
  id,
  title: id,
  pending,
  choices: Array.from({ length: count }, (_, at) => ({ id: `${id}${at}`, icon: '', label: '', does: { go: '/' } })),
});

test('palette groups: Enter runs the first line, and none below a group that is still searching', () => {
  expect(firstChoice([group('a', 2), group('b', 1)])).toBe('a0');
  expect(firstChoice([group('a', 0), group('b', 1)])).toBe('b0');
  expect(firstChoice([group('a', 0, true), group('b', 1)])).toBeNull();
  expect(firstChoice([group('a', 1, true), group('b', 1)])).toBe('a0');
  expect(firstChoice([])).toBeNull();
});

test('palette groups: Enter retries a source only where there is no other line', () => {
  const failed: PaletteGroup = {
    id: 'f',
    title: '',
    choices: [{ id: 'f0', icon: '', label: '', does: { again: 'key' } }],
  };
  expect(firstChoice([failed, group('b', 1)])).toBe('b0');
  expect(firstChoice([failed])).toBe('f0');
});

test('palette groups: arrows wrap around the ends and skip headings', () => {
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
