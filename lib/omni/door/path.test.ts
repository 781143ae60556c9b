import fc from 'fast-check';
import { expect, test } from 'vitest';
import { idOf, idWithin, isSendable, isUuid, path, queryText } from './path.ts';

const ID = 'dddddd01-0000-4000-8000-000000000001';

test('omni path: ids stand in a path in small letters', () => {
  expect(path`/persons/${ID.toUpperCase()}/presence`).toBe(`/persons/${ID}/presence`);
  expect(path`/instances/${ID}/routes/${ID}`).toBe(`/instances/${ID}/routes/${ID}`);
});

test('omni path: an id of an address is read in small letters', () => {
  expect(idOf(ID.toUpperCase())).toBe(ID);
  expect([idOf('x'), idOf(undefined), idOf([ID])]).toEqual([null, null, null]);
});

test('omni path: an id is found among what pasting leaves around it, and in nothing longer', () => {
  for (const text of [`{${ID}}`, ` ${ID} `, `"${ID.toUpperCase()}".`, ID]) expect(idWithin(text)).toBe(ID);
  for (const text of ['', 'x', `${ID}0`, `a${ID}`, `${ID} ${ID}`, `(x) ${ID}`, ID.slice(1)])
    expect(idWithin(text)).toBeNull();
});

test('omni path: whatever stands in place of an id, only a UUID gives a path that is sent', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.constantFrom('merge', 'link', '..', '%2e%2e', `${ID}/x`, ` ${ID}`)),
      (text) => {
        expect(isSendable(path`/persons/${text}/presence`)).toBe(isUuid(text));
        expect(isSendable(path`/persons/${text}`)).toBe(isUuid(text));
      },
    ),
  );
});

test.each([
  '',
  '/',
  'persons',
  '/persons/',
  '//persons',
  '/persons?x',
  '/persons#x',
  '/nope',
  '/Persons',
  `/persons/${ID}x`,
])('omni path: %j is not sent', (text) => {
  expect(isSendable(text)).toBe(false);
});

test('omni path: a query says only what is known', () => {
  expect(queryText()).toBe('');
  expect(queryText({ a: undefined, b: null, c: false })).toBe('');
  expect(queryText({ search: '%_ +&=é', limit: 0 })).toBe('?search=%25_+%2B%26%3D%C3%A9&limit=0');
});
