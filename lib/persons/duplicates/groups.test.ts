import { expect, test } from 'vitest';
import { groupsOf } from './groups.ts';

const line = (one: string, other: string) => ({ one: { id: one }, other: { id: other } });

test('duplicates: checked lines with nobody in common are groups of their own, the fuller record is kept', () => {
  expect(groupsOf([line('a', 'b'), line('c', 'd')])).toEqual([
    { survivor: 'a', duplicates: ['b'] },
    { survivor: 'c', duplicates: ['d'] },
  ]);
});

test('duplicates: checked lines that share somebody are one group, however they come', () => {
  expect(groupsOf([line('a', 'b'), line('c', 'd'), line('b', 'c')])).toEqual([
    { survivor: 'a', duplicates: ['b', 'c', 'd'] },
  ]);
  expect(groupsOf([line('b', 'c'), line('a', 'b')])).toEqual([{ survivor: 'b', duplicates: ['c', 'a'] }]);
  expect(groupsOf([])).toEqual([]);
});
