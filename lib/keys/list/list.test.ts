import { expect, test } from 'vitest';
import { counts, daysUntil, pageOf, pick, toRotate, type KeyListQuery } from './list.ts';
import { descriptionOf, keepingMarks, marked } from '#lib/keys/form/mark.ts';
import type { Key } from '#lib/omni/schemas/keys.ts';
import { listedKey } from './listed-key.ts';
import { lastUseOf, statusOf } from './status.ts';
import { testListedKey as row } from '#lib/keys/testing/listed-key.ts';

const NOW = Date.parse('2026-06-01T12:00:00.000Z');
const at = (days: number) => new Date(NOW + days * 86_400_000).toISOString();

test.each([
  ['active', null, 'active'],
  ['active', at(30), 'active'],
  ['active', at(14), 'expires_soon'],
  ['active', at(0.01), 'expires_soon'],
  ['active', at(0), 'expired'],
  ['active', at(-1), 'expired'],
  ['expired', null, 'expired'],
  ['revoked', at(3), 'revoked'],
  ['revoked', at(-3), 'revoked'],
  ['paused', null, 'unknown'],
] as const)('statusOf: a key that Omni calls %s and that expires %s is %s', (status, expiresAt, is) =>
  expect(statusOf({ status, expiresAt }, NOW)).toBe(is),
);

test.each([
  [at(-1), 5, { is: 'used', at: at(-1), quiet: false }],
  [at(-30), 5, { is: 'used', at: at(-30), quiet: true }],
  [null, 0, { is: 'never' }],
  [null, 7, { is: 'unknown' }],
] as const)('lastUseOf: a key last used %s, %s times', (lastUsedAt, usageCount, is) =>
  expect(lastUseOf({ lastUsedAt, usageCount: usageCount as number }, NOW)).toEqual(is),
);

const ALL: KeyListQuery = { q: '', show: 'all', use: 'any', sort: 'name', down: false };
const rows = [
  row('c', {
    name: 'Relatórios',
    status: 'expires_soon',
    expiresAt: at(3),
    lastUse: { is: 'used', at: at(-40), quiet: true },
  }),
  row('a', { name: 'Ana', scopes: ['persons:read'], lastUse: { is: 'used', at: at(-1), quiet: false } }),
  row('b', { name: 'bia', status: 'revoked', lastUse: { is: 'unknown' } }),
  row('d', { name: 'Davi', status: 'expired', expiresAt: at(-3) }),
];
const ids = (query: Partial<KeyListQuery>) =>
  pick(rows, { ...ALL, ...query })
    .map(({ id }) => id)
    .join('');

test('toRotate: keys that work, those that expire first before the others, then by name', () => {
  const more = [...rows, row('e', { name: 'Zé', expiresAt: at(2) }), row('f', { name: 'Bruna' })];
  expect(toRotate(more, '').map(({ id }) => id)).toEqual(['e', 'c', 'a', 'f']);
  expect(toRotate(more, 'bruna').map(({ id }) => id)).toEqual(['f']);
});

test.each([
  [{}, 'abdc'],
  [{ down: true }, 'cdba'],
  [{ show: 'live' }, 'ac'],
  [{ show: 'revoked' }, 'b'],
  [{ q: 'relatorios' }, 'c'],
  [{ q: 'PERSONS:read ana' }, 'a'],
  [{ q: 'nobody' }, ''],
  [{ use: 'never' }, 'd'],
  [{ use: 'unknown' }, 'b'],
  [{ use: 'quiet' }, 'c'],
  [{ use: 'recent' }, 'a'],
  [{ sort: 'expires' }, 'dcab'],
  [{ sort: 'used', down: true }, 'acbd'],
  [{ sort: 'created' }, 'abcd'],
] as const)('pick: a list of %j is %s', (query, expected) => expect(ids(query)).toBe(expected));

test.each([
  [{ permission: 'chats' }, 'be'],
  [{ permission: 'keys' }, 'ab'],
  [{ permission: 'persons' }, 'abc'],
  [{ instance: 'i1' }, 'abcd'],
  [{ instance: 'i2' }, 'abc'],
  [{ risk: 'full' }, 'b'],
  [{ risk: 'manages-keys' }, 'a'],
  [{ by: 'Bia' }, 'c'],
  [{ by: 'Bia', risk: 'full' }, ''],
] as const)('pick: keys narrowed by %j are %s', (narrowed, expected) => {
  const all = [
    row('a', { scopes: ['persons:write', 'keys:*'], risks: ['manages-keys'] }),
    row('b', { scopes: ['*'], risks: ['full'] }),
    row('c', { scopes: ['persons:read'], createdBy: 'Bia' }),
    row('d', { scopes: ['perons:read'], instances: ['i1'] }),
    row('e', { scopes: ['chats:read'], instances: [] }),
  ];
  expect(
    pick(all, { ...ALL, sort: 'name', down: false, ...narrowed })
      .map(({ id }) => id)
      .join(''),
  ).toBe(expected);
});

test.each([
  [{ scopes: ['*'], expiresAt: null, lastUsedAt: at(-1) }, ['full', 'never-expires']],
  [{ scopes: ['keys:write'], expiresAt: at(100), lastUsedAt: at(-90) }, ['manages-keys', 'idle']],
  [{ scopes: ['keys:read'], expiresAt: at(100), lastUsedAt: at(-89) }, []],
  [{ scopes: [], expiresAt: at(1), lastUsedAt: null, usageCount: 0, createdAt: at(-91) }, ['idle']],
  [{ scopes: [], expiresAt: at(1), lastUsedAt: null, usageCount: 3, createdAt: at(-91) }, []],
  [{ scopes: ['*'], expiresAt: at(-1), lastUsedAt: null }, []],
  [{ scopes: ['*'], expiresAt: null, lastUsedAt: null, status: 'revoked' }, []],
] as const)('listedKey: the risks of %j are %j', (more, risks) => {
  const key = {
    name: 'k',
    status: 'active',
    description: null,
    usageCount: 1,
    createdAt: at(-5),
    instanceAllowlist: [],
  };
  expect(listedKey({ key: { ...key, ...more } as unknown as Key, own: false }, NOW).risks).toEqual(risks);
});

test('counts and pageOf: headings count, and pages hold each key once', () => {
  expect(counts(rows)).toEqual({ live: 2, expires_soon: 1, expired: 1, revoked: 1, all: 4 });
  const pages = [1, 2, 3].flatMap((page) => pageOf(pick(rows, ALL), page, 2).rows.map(({ id }) => id));
  expect(pages.slice(0, 4).join('')).toBe('abdc');
  expect(pageOf(rows, 99, 2)).toMatchObject({ page: 2, pages: 2, total: 4 });
  expect(pageOf([], -1, 20)).toMatchObject({ page: 1, pages: 1, rows: [] });
});

test('descriptionOf and keepingMarks: an entry’s mark is not shown, and survives an edit', () => {
  const mark = '[console 11111111-1111-4111-8111-111111111111]';
  expect(descriptionOf({ description: marked('Painel', mark) })).toBe('Painel');
  expect(descriptionOf({ description: marked(null, mark) })).toBeNull();
  expect(descriptionOf({ description: null })).toBeNull();
  expect(keepingMarks(marked('Painel', mark), 'Novo')).toBe(`Novo ${mark}`);
  expect(keepingMarks(marked('Painel', mark), null)).toBe(mark);
  expect(keepingMarks('Painel', null)).toBeNull();
});

test.each([
  ['2026-06-02T02:59:00.000Z', 'America/Sao_Paulo', 0],
  ['2026-06-02T02:59:00.000Z', 'UTC', 1],
  ['2026-06-02T03:01:00.000Z', 'America/Sao_Paulo', 1],
  ['2026-06-06T23:59:00.000Z', 'UTC', 5],
  ['2026-05-30T12:00:00.000Z', 'UTC', 0],
])('daysUntil: %s in %s is %s calendar days away', (time, zone, days) => {
  expect(daysUntil(time, NOW, zone)).toBe(days);
});
