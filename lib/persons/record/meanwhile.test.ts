import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rebase } from './meanwhile.ts';

test('rebase: a field nobody else changed is written as typed', () => {
  expect(rebase({ displayName: 'Ana' }, { displayName: 'Bia' }, { displayName: 'Ana' })).toEqual({
    patch: { displayName: 'Bia' },
    clash: null,
  });
});

test('rebase: a field somebody else changed clashes, unless both say the same', () => {
  expect(rebase({ displayName: 'Caio' }, { displayName: 'Bia' }, { displayName: 'Ana' }).clash).toEqual({
    field: 'displayName',
    now: 'Caio',
  });
  expect(rebase({ displayName: 'Bia' }, { displayName: 'Bia' }, { displayName: 'Ana' }).clash).toBeNull();
});

test('rebase: without the values before, what is typed is written', () => {
  expect(rebase({ displayName: 'Caio' }, { displayName: 'Bia' }, {}).patch).toEqual({ displayName: 'Bia' });
});

test('rebase: metadata is combined key by key, what others added or removed stays so', () => {
  const seen = { vip: true, city: 'Recife', old: 1 };
  const now = { metadata: { vip: true, city: 'Recife', crm: '42' } };
  const typed = { vip: false, city: 'Recife', old: 1, tag: 'x' };
  expect(rebase(now, { metadata: typed }, { metadata: seen })).toEqual({
    patch: { metadata: { vip: false, city: 'Recife', crm: '42', tag: 'x' } },
    clash: null,
  });
});

test('rebase: a key that both changed clashes; without its last key metadata is null', () => {
  const clash = rebase({ metadata: { a: 2 } }, { metadata: { a: 3 } }, { metadata: { a: 1 } }).clash;
  expect(clash).toEqual({ field: 'metadata', key: 'a', now: 2 });
  expect(rebase({ metadata: { b: 1 } }, { metadata: { a: 1 } }, { metadata: { a: 1, b: 1 } }).patch).toEqual({
    metadata: null,
  });
});

test('rebase: a key that somebody removed meanwhile is written once that is known', () => {
  const typed = { metadata: { a: 3 } };
  const { clash } = rebase({ metadata: null }, typed, { metadata: { a: 1 } });
  expect(clash).toEqual({ field: 'metadata', key: 'a', now: undefined });
  expect(rebase({ metadata: null }, typed, { metadata: {} })).toEqual({ patch: typed, clash: null });
});

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
  'rebase: metadata has a key %s as any other',
  (key) => {
    const of = (value: number) => JSON.parse(`{"a": 1, "${key}": ${value}}`) as { [key: string]: number };
    const without = { a: 1 };
    const crm = JSON.parse(`{"a": 1, "crm": 2, "${key}": 0}`) as { [key: string]: number };
    const keys = (one: unknown) => Object.entries(one as object);
    expect(
      keys(rebase({ metadata: { ...without, crm: 2 } }, { metadata: of(0) }, { metadata: without }).patch.metadata),
    ).toEqual([
      ['a', 1],
      ['crm', 2],
      [key, 0],
    ]);
    expect(keys(rebase({ metadata: crm }, { metadata: without }, { metadata: of(0) }).patch.metadata)).toEqual([
      ['a', 1],
      ['crm', 2],
    ]);
    expect(rebase({ metadata: of(1) }, { metadata: of(2) }, { metadata: without }).clash).toMatchObject({
      key,
      now: 1,
    });
  },
);

test('rebase, laws: what nobody else changed is written as typed; what only others changed is left to them', () => {
  const keys = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom(1, 2, 'x', true, null));
  fc.assert(
    fc.property(keys, keys, keys, (was, typed, other) => {
      const kept = (value: Record<string, unknown>) => (Object.keys(value).length > 0 ? value : null);
      expect(rebase({ metadata: was }, { metadata: typed }, { metadata: was }).patch.metadata).toEqual(typed);
      const theirs = rebase({ metadata: other }, { metadata: was }, { metadata: was });
      expect(theirs.clash).toBeNull();
      if (!same(other, was)) expect(theirs.patch.metadata).toEqual(kept(other));
    }),
  );
});

function same(a: object, b: object): boolean {
  const sorted = (value: object) => JSON.stringify(Object.entries(value).sort());
  return sorted(a) === sorted(b);
}
