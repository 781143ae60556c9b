import { expect, test } from 'vitest';
import { cookieText } from './cookies.ts';
import { HIDEABLE, hiddenText, parseHidden, type ColumnsRoom } from './hidden-columns.ts';

test.each([
  [undefined, []],
  ['', []],
  ['email', ['email']],
  ['added.email.email', ['email', 'added']],
  ['name.select.__proto__.constructor', []],
  ['email;added', []],
  [`${'x.'.repeat(200)}email`, []],
] as const)('hidden columns: %s hides %j of People', (text, hidden) =>
  expect(parseHidden('persons', text)).toEqual(hidden),
);

test('hidden columns: one that was called otherwise before stays hidden', () => {
  expect(parseHidden('keys', 'rights.used')).toEqual(['permissions', 'used', 'week']);
});

test('hidden columns: are kept for a year at the path of the list, and an empty choice is dropped', () => {
  expect(cookieText('key-audit', 'columns-key-audit', 'ip.took')).toBe(
    'columns-key-audit=ip.took; path=/keys; max-age=31536000; samesite=lax',
  );
  expect(cookieText('persons', 'columns-persons', '')).toContain('max-age=0');
});

test('hidden columns: a column that costs calls is there once somebody added it', () => {
  expect(parseHidden('keys', undefined)).toEqual(['week']);
  expect(parseHidden('keys', '+week')).toEqual([]);
  expect(parseHidden('keys', 'used.+week')).toEqual(['used']);
});

test.each(Object.keys(HIDEABLE) as ColumnsRoom[])('hidden columns: what a cookie of %s says is read back', (room) => {
  for (const hidden of [[], HIDEABLE[room], HIDEABLE[room].slice(0, 1), HIDEABLE[room].slice(1)])
    expect(parseHidden(room, hiddenText(room, hidden as never))).toEqual(hidden);
});
