import { expect, test } from 'vitest';
import { chosenName, type ListFilter } from './filters.ts';

const write = (at: Date, style: { dateStyle: 'medium'; timeStyle?: 'short' }) =>
  new Intl.DateTimeFormat('en-US', { ...style, timeZone: 'UTC' }).format(at);
const name = (filter: object, value: string) =>
  chosenName({ id: 'x', label: 'X', ...filter } as ListFilter, value, write).replaceAll('\u202f', ' ');

test('list: a chosen filter is called as people write it', () => {
  expect(name({ choices: [{ id: 'a', name: 'Ana' }] }, 'a')).toBe('Ana');
  expect(name({ choices: [] }, '11111111-1111')).toBe('11111111');
  expect(name({ input: 'text' }, '/persons')).toBe('/persons');
  expect(name({ input: 'date' }, '2026-11-01')).toBe('Nov 1, 2026');
  expect(name({ input: 'datetime-local' }, '2026-11-01T23:30')).toBe('Nov 1, 2026, 11:30 PM');
  expect(name({ input: 'date' }, 'yesterday')).toBe('yesterday');
});
