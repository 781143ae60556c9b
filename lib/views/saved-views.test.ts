import { expect, test } from 'vitest';
import { parseViews, withView, writeViews, type SavedView } from './saved-views.ts';
import { viewQuery, type ViewsRoom } from './view-query.ts';

const query = (room: ViewsRoom, text: string) => viewQuery(room, new URLSearchParams(text));
const ID = '6f1f3c52-8d0c-4d3f-9d53-0f6a4f1c2b3a';

test.each([
  ['routes', `q=Helena&instance=${ID}&sort=-label&at=x`, `instance=${ID}&sort=-label`],
  ['routes', 'sort=instance&active=&scope=user', 'scope=user'],
  ['keys', 'use=any&show=all&page=3&q=ana&limit=50', 'show=all&limit=50'],
  ['activity', `subject=${ID}&who=Demo%2Fab12&status=failed&before=1~${ID}`, 'status=failed'],
  ['activity', 'who=mine&since=2026-01-01', 'who=mine&since=2026-01-01'],
  [
    'key-audit',
    `path=/persons/${ID}&ip=203.0.113.9&status=403&since=2026-01-01T10:00`,
    'status=403&since=2026-01-01T10%3A00',
  ],
  ['keys', 'show=%3Cscript%3E&use=a b', ''],
  ['keys', `show=${'x'.repeat(61)}`, ''],
] as const)('saved views: of %s, “%s” keeps “%s”', (room, address, kept) => expect(query(room, address)).toBe(kept));

test('saved views: are read as written, whatever the name', () => {
  const views: SavedView[] = ['São Paulo; "aspas", 100 %\\', '山田 😀', '__proto__'].map((name) => ({
    name,
    query: 'show=all',
  }));
  const text = writeViews(views);
  expect(text).toMatch(/^[\w!'()*.~%-]+$/);
  expect(parseViews('keys', decodeURIComponent(text ?? ''))).toEqual(views);
});

test.each([
  undefined,
  '',
  'null',
  '{"a":1}',
  '[[',
  '"text"',
  '[[["a"],"show=all"]]',
  '[[1,"show=all"],["a",2],["a"],["a","show=all","more"],null]',
  '[["","show=all"],["  ","show=all"],["\\u0000\\n","show=all"]]',
  `[["${'x'.repeat(41)}","show=all"]]`,
  '[["nothing","q=Ana&page=2"],["nothing","show=live"],["nothing","//evil.example"]]',
  '['.repeat(1400),
  `[${Array.from({ length: 101 }, () => '0').join(',')}]`,
  JSON.stringify([['long', `show=all&x=${'y'.repeat(1500)}`]]),
])('saved views: garbage is ignored: %s', (text) => expect(parseViews('keys', text)).toEqual([]));

test('saved views: good ones beside bad ones are kept, once each, at most twelve, their names in one line', () => {
  expect(parseViews('keys', '[["a\\n\\u0000 b","show=all&q=Ana"],7,["a b","show=revoked"]]')).toEqual([
    { name: 'a b', query: 'show=all' },
  ]);
  const many = JSON.stringify(Array.from({ length: 20 }, (_, index) => [`v${index}`, 'show=all']));
  expect(parseViews('keys', many)).toHaveLength(12);
});

test('saved views: a thirteenth, or more than 1,500 bytes of them, are not written', () => {
  const make = (count: number, length: number) =>
    Array.from({ length: count }, (_, index) => ({ name: `${index}${'ã'.repeat(length)}`, query: 'show=all' }));
  expect(writeViews(make(12, 0))).not.toBeNull();
  expect(writeViews(make(13, 0))).toBeNull();
  expect(writeViews(make(12, 38))).toBeNull();
});

test('saved views: one replaces another of the same name; an empty one is not saved', () => {
  const [old, other] = [
    { name: 'Mine', query: 'show=all' },
    { name: 'Other', query: 'show=revoked' },
  ];
  expect(withView('keys', [old, other], { name: ' Mine ', query: 'show=expired&q=Ana' })).toEqual([
    other,
    { name: 'Mine', query: 'show=expired' },
  ]);
  expect(withView('keys', [old], { name: 'Mine', query: 'q=Ana' })).toBeNull();
  expect(withView('keys', [old], { name: ' ', query: 'show=all' })).toBeNull();
  expect(withView('keys', [old], { name: 'x'.repeat(41), query: 'show=all' })).toBeNull();
});
