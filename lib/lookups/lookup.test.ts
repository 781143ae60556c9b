import { expect, test } from 'vitest';
import { lookupHref, lookupQuery } from './lookup.ts';
import { duplicateLookup, personsLookup, presenceLookup } from './people.ts';
import { chatsLookup, routeNamesLookup, routesLookup, testsAfterLookup } from './routes.ts';

const ID = '6f1f3c52-8d0c-4d3f-9d53-0f6a4f1c2b3a';
const OTHER = '11111111-1111-4111-8111-111111111111';

test('lookups: an address is read as it was written, at both ends', () => {
  const href = lookupHref(routeNamesLookup, { chats: `${OTHER}:${ID}`, persons: [ID, OTHER] });
  expect(href).toBe(`/api/lookup/route-names?chats=${OTHER}:${ID}&persons=${ID},${OTHER}`);
  const asked = new URL(href, 'http://localhost').searchParams;
  expect(lookupQuery(routeNamesLookup, asked)).toEqual({ chats: `${OTHER}:${ID}`, persons: [ID, OTHER] });
  expect(lookupHref(personsLookup, { q: 'João & Rui' })).toBe('/api/lookup/persons?q=Jo%C3%A3o%20%26%20Rui');
  expect(lookupHref(routesLookup, { instances: [], instance: undefined })).toBe('/api/lookup/routes');
});

test.each([
  ['', { ids: [] }],
  [`ids=${ID},x,../../${ID},${ID}`, { ids: [ID, ID] }],
  [`ids=${Array.from({ length: 150 }, () => ID).join(',')}`, { ids: Array.from({ length: 100 }, () => ID) }],
])('lookups: garbage falls away from a query: %s', (query, expected) =>
  expect(lookupQuery(presenceLookup, new URLSearchParams(query))).toEqual(expected),
);

test.each([
  [duplicateLookup, ''],
  [duplicateLookup, `one=${ID}`],
  [duplicateLookup, `one=x&other=${ID}`],
  [duplicateLookup, `one={${ID}}&other=${OTHER}`],
  [duplicateLookup, `one=${ID}&other=${ID.toUpperCase()}`],
  [duplicateLookup, `one=${ID}&one=${OTHER}&other=${OTHER}`],
  [chatsLookup, 'q=ana'],
  [chatsLookup, 'instance=x&q=ana'],
  [routesLookup, 'instance=urn:uuid:x'],
  [testsAfterLookup, ''],
  [testsAfterLookup, 'entry=../x'],
  [personsLookup, 'q=ana&q=bia'],
] as const)('lookups: what asks nothing, or two things, is not answered: %#', (lookup, query) =>
  expect(lookupQuery<unknown>(lookup, new URLSearchParams(query))).toBeNull(),
);

test('lookups: an id in capitals is the id in small letters', () => {
  const asked = new URLSearchParams(`one=${ID.toUpperCase()}&other=${OTHER}`);
  expect(lookupQuery<unknown>(duplicateLookup, asked)).toEqual({ one: ID, other: OTHER });
  expect(lookupQuery(presenceLookup, new URLSearchParams(`ids=${ID.toUpperCase()}`))).toEqual({ ids: [ID] });
});

test('lookups: a text is trimmed and cut; an answer of another shape is none', () => {
  expect(lookupQuery(personsLookup, new URLSearchParams(`q= ${'a'.repeat(300)} `))).toEqual({ q: 'a'.repeat(200) });
  const { answer } = personsLookup;
  expect(answer.safeParse({ rows: [{ id: ID }], pending: false, incomplete: false }).success).toBe(true);
  expect(answer.safeParse({ rows: [{}], pending: false, incomplete: false }).success).toBe(false);
  expect(answer.safeParse({ error: 'a page of a proxy' }).success).toBe(false);
});
