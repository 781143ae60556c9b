import { expect, test } from 'vitest';
import { cookieText } from './cookies.ts';
import { parseHidden } from './hidden-columns.ts';

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
  expect(parseHidden('keys', 'rights.used')).toEqual(['permissions', 'used']);
});

test('hidden columns: are kept for a year at the path of the list, and an empty choice is dropped', () => {
  expect(cookieText('key-audit', 'columns-key-audit', 'ip.took')).toBe(
    'columns-key-audit=ip.took; path=/keys; max-age=31536000; samesite=lax',
  );
  expect(cookieText('persons', 'columns-persons', '')).toContain('max-age=0');
});
