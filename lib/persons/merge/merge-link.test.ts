import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeChoices, mergeLink } from './merge-link.ts';
import { PERSON_FIELDS } from './merge-facts.ts';

const read = (link: string) => mergeChoices(Object.fromEntries(new URL(link, 'http://x').searchParams));

test('a link carries what was chosen', () => {
  const who = fc.constantFrom('stays' as const, 'goes' as const);
  const choices = fc.record({
    fields: fc.dictionary(fc.constantFrom(...PERSON_FIELDS), who, { noNullPrototype: true }),
    routes: fc.dictionary(fc.uuid(), fc.constantFrom('keep' as const, 'replace' as const), { noNullPrototype: true }),
    reason: fc.string({ maxLength: 300 }).map((text) => text.trim()),
  });
  fc.assert(
    fc.property(choices, (chosen) => {
      expect(read(mergeLink('a', 'b', chosen))).toEqual(chosen);
    }),
  );
});

test('whatever else stands there falls away', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (fields, routes) => {
      expect(mergeChoices({ fields, routes })).toEqual({ fields: {}, routes: {}, reason: '' });
    }),
  );
  expect(mergeChoices({ fields: '__proto__.goes~displayName.x~metadata.goes', reason: ['a', 'b'] })).toEqual({
    fields: { metadata: 'goes' },
    routes: {},
    reason: '',
  });
});
