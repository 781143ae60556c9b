import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeAddress, mergeAddressToday, mergeChoices } from './merge-address.ts';
import { PERSON_FIELDS } from './merge-facts.ts';

const read = (address: string) => mergeChoices(Object.fromEntries(new URL(address, 'http://x').searchParams));

test('address of a merge: it carries what was chosen', () => {
  const who = fc.constantFrom('survivor' as const, 'duplicate' as const);
  const choices = fc.record({
    fields: fc.dictionary(fc.constantFrom(...PERSON_FIELDS), who, { noNullPrototype: true }),
    routes: fc.dictionary(fc.uuid(), fc.constantFrom('keep' as const, 'replace' as const), { noNullPrototype: true }),
    reason: fc.string({ maxLength: 300 }).map((text) => text.trim()),
  });
  fc.assert(
    fc.property(choices, (chosen) => {
      expect(read(mergeAddress('a', 'b', chosen))).toEqual(chosen);
    }),
  );
});

test('address of a merge: what is no choice is left out', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (fields, routes) => {
      expect(mergeChoices({ fields, routes })).toEqual({ fields: {}, routes: {}, reason: '' });
    }),
  );
  expect(mergeChoices({ fields: '__proto__.duplicate~displayName.x~metadata.duplicate', reason: ['a', 'b'] })).toEqual({
    fields: { metadata: 'duplicate' },
    routes: {},
    reason: '',
  });
});

test('address of a merge: one of before has the names of today', () => {
  expect(mergeAddressToday({ into: 'a', from: 'b', fields: 'displayName.duplicate' })).toBeNull();
  expect(
    mergeAddressToday({ stays: 'a', goes: 'b', fields: 'displayName.goes~metadata.stays', reason: 'it goes' }),
  ).toBe('/persons/merge?into=a&from=b&fields=displayName.duplicate%7Emetadata.survivor&reason=it+goes');
  expect(mergeAddressToday({ stays: ['a', 'c'], x: undefined })).toBe('/persons/merge?into=a&into=c');
});
