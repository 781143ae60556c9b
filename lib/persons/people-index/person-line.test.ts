import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainPerson } from '#lib/persons/directory/search-rank.ts';
import { idOfKey, isPlainId, keyOfId } from './id-table.ts';
import { PeopleIndex } from './people-index.ts';
import { readLine, writeLine } from './person-line.ts';

/** Whatever stands in a field, what separates and stands for fields among it; no half of a character, which Omni can't store. */
const text = fc.option(
  fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 8 }),
    fc.string({ unit: fc.constantFrom('\u0001', '\u0002', '\u0003', '\t', '\n', '2', 'A', 'é', '🦊'), maxLength: 5 }),
    fc.constantFrom('+5511987654321', ' 11 8765-4321', 'Ana@Example.com', ''),
  ),
);

describe('the directory at hand: what a person is kept as', () => {
  it('reads from a line what was written, whatever stands in its fields', () => {
    fc.assert(
      fc.property(text, text, text, fc.constantFrom('', 'no-uuid'), (displayName, primaryPhone, primaryEmail, id) => {
        const shown = { displayName, primaryPhone, primaryEmail };
        const person = { ...plainPerson(shown), ...shown, id };
        const line = writeLine(person);
        expect(line).not.toContain('\n');
        expect(readLine(line)).toEqual(person);
      }),
      { numRuns: 2000 },
    );
  });

  it('tells a UUID by its 16 bytes, and any other id by what it hashes to', () => {
    const id = '1ec7050b-0971-4b10-82bc-5be0f3338bcf';
    expect([isPlainId(id), idOfKey(keyOfId(id), 0)]).toEqual([true, id]);
    expect([isPlainId(id.toUpperCase()), isPlainId('person-1'), keyOfId('person-1').length]).toEqual([
      false,
      false,
      16,
    ]);
  });

  it('finds, changes and removes by id as a map does, whoever took the place of whom', () => {
    const id = fc.oneof(fc.uuid(), fc.constantFrom('a', 'b', 'C0FFEE00-0000-4000-8000-000000000000'));
    const change = fc.tuple(fc.constantFrom('put', 'update', 'remove'), fc.nat(30), text);
    fc.assert(
      fc.property(
        fc.uniqueArray(id, { minLength: 1, maxLength: 31 }),
        fc.array(change, { maxLength: 120 }),
        (ids, all) => {
          const people = new PeopleIndex();
          const expected = new Map<string, string | null>();
          for (const [what, at, displayName] of all) {
            const own = ids[at % ids.length] ?? '';
            const fields = { displayName, primaryPhone: null, primaryEmail: null, createdAt: '2026-01-01T00:00:00Z' };
            if (what === 'remove') people.remove(own);
            else people[what === 'put' ? 'put' : 'update']({ id: own, ...fields }, 1);
            if (what === 'remove') expected.delete(own);
            else if (what === 'put' || expected.has(own)) expected.set(own, displayName);
            if (at % 7 === 0) [...people.holding(['a'])].at(0);
          }
          expect(people.size).toBe(expected.size);
          expect(new Map([...people.values()].map((one) => [one.id, one.displayName]))).toEqual(expected);
          for (const own of ids) expect(people.get(own)?.displayName).toBe(expected.get(own));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('keeps its table small however many come and go', () => {
    const people = new PeopleIndex();
    const fields = { displayName: 'A', primaryPhone: null, primaryEmail: null, createdAt: '2026-01-01T00:00:00Z' };
    const id = (at: number) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
    for (let at = 0; at < 5000; at += 1) {
      people.put({ id: id(at), ...fields }, 1);
      if (at >= 10) people.remove(id(at - 10));
    }
    expect([people.size, people.places <= 11, people.get(id(4999))?.displayName]).toEqual([10, true, 'A']);
  });
});
