import { describe, expect, it } from 'vitest';
import { PeopleIndex } from './people-index.ts';
import { findIndexed, isOneApart } from './find.ts';
import { pickIndexed } from './pick.ts';

type Row = [name: string | null, phone?: string | null, email?: string | null];

function directory(rows: readonly Row[]): PeopleIndex {
  const people = new PeopleIndex();
  for (const [at, [displayName, primaryPhone = null, primaryEmail = null]] of rows.entries()) {
    const id = `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
    people.put({ id, displayName, primaryPhone, primaryEmail, createdAt: new Date(at * 1000).toISOString() }, 1);
  }
  return people;
}

const people = directory([
  ['João Silva', '+5511987654321', 'joao@example.com'],
  ['Joana Reis', '(21) 99999-0001'],
  ['Conceição Nuñez', null, 'c@example.com'],
  [null, '+551187651111'],
  ['Silvana Souza'],
]);
const found = (query: string, most = 10) =>
  findIndexed(people, query, most).hits.map(({ displayName, matchedBy }) => `${displayName} by ${matchedBy}`);

describe('the directory at hand: search', () => {
  it.each([
    ['joao', ['João Silva by name']],
    ['silva', ['Silvana Souza by name', 'João Silva by name']],
    ['joão silva', ['João Silva by name']],
    ['98765-4321', ['João Silva by phone']],
    ['21999990001', ['Joana Reis by phone']],
    ['11 98765-1111', ['null by phone']],
    ['c@example', ['Conceição Nuñez by email']],
    ['conceicoao', ['Conceição Nuñez by near']],
    ['conceiao', ['Conceição Nuñez by near']],
    ['joan', ['Joana Reis by name']],
    ['zzzzz', []],
    ['', []],
  ])('%s', (query, expected) => expect(found(query)).toEqual(expected));

  it('names all who match, however few are answered; what is near stands last', () => {
    expect(findIndexed(people, 'silv', 1)).toMatchObject({ total: 2, hits: [{ displayName: 'Silvana Souza' }] });
    expect(found('silvan')).toEqual(['Silvana Souza by name', 'João Silva by near']);
  });

  it('takes one letter more or less for near, and no other letter', () => {
    expect([isOneApart('souza', 'soza'), isOneApart('souza', 'souzza'), isOneApart('souza', 'sousa')]).toEqual([
      true,
      true,
      false,
    ]);
    expect(isOneApart('souza', 'souza')).toBe(false);
  });
});

describe('the directory at hand: filters and orders', () => {
  const picked = (pick: Parameters<typeof pickIndexed>[1]) =>
    pickIndexed(people, pick).map(({ displayName }) => displayName);

  it('picks who has none of something, and who was added since', () => {
    expect(picked({ without: 'phone', sort: 'name' })).toEqual(['Conceição Nuñez', 'Silvana Souza']);
    expect(picked({ without: 'name', sort: '-added' })).toEqual([null]);
    expect(picked({ since: 3000, sort: '-added' })).toEqual(['Silvana Souza', null]);
  });

  it('orders by name in both directions, who has none last', () => {
    const names = ['Conceição Nuñez', 'Joana Reis', 'João Silva', 'Silvana Souza'];
    expect(picked({ sort: 'name' })).toEqual([...names, null]);
    expect(picked({ sort: '-name' })).toEqual([...names.toReversed(), null]);
  });

  it('follows what changes', () => {
    const some = directory([['B'], ['A']]);
    expect(pickIndexed(some, { sort: 'name' }).map(({ displayName }) => displayName)).toEqual(['A', 'B']);
    const [first] = some.values();
    if (first) some.remove(first.id);
    expect(pickIndexed(some, { sort: 'name' }).map(({ displayName }) => displayName)).toEqual(['A']);
  });
});
