import { expect, test } from 'vitest';
import { changedQuery } from './address.ts';

test.each([
  ['q=ana&at=x', { q: 'rui' }, 'q=rui'],
  ['show=all&page=3&limit=50', { sort: 'name' }, 'show=all&limit=50&sort=name'],
  ['kind=a&before=1~2', { kind: undefined }, ''],
  ['instance=1&agent=2', { instance: '', agent: '3' }, 'agent=3'],
])('address: %s changed by %j is %s, on the first page', (address, patch, expected) =>
  expect(changedQuery(new URLSearchParams(address), patch)).toBe(expected),
);
