import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matcherOf } from '#lib/persons/directory/search-rank.ts';
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

describe('the directory at hand: what is looked through', () => {
  const word = fc.constantFrom(
    'João',
    "D'Ávila",
    'Ana',
    'Conceição',
    'Li',
    'SOUZA',
    '李雷',
    'o’neil',
    'Straße',
    'a\nb',
  );
  const phone = fc.constantFrom(
    null,
    '+5511987654321',
    '11 8765-4321',
    '(11) 98765-4321',
    '551187654321',
    '+34915551236',
    '0800 722 0000',
    'ramal 12',
    '987654321',
  );
  const email = fc.constantFrom(null, 'Joao.Silva@example.com', '98765@example.com', "d'avila@example.com");
  const person = fc.tuple(
    fc.option(fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '))),
    phone,
    email,
  );
  const query = fc.oneof(
    word,
    fc.tuple(word, word).map(([one, other]) => `${other} ${one.slice(0, 2)}`),
    fc.constantFrom(
      '98765',
      '987654321',
      '87654321',
      '+55 11 98765-4321',
      '8765-4321',
      'davila',
      '@joao',
      '12',
      'ramal',
      'example.com',
      '%',
      ' ',
    ),
    fc.string({ maxLength: 4 }),
  );

  it('finds exactly whom comparing everybody finds, whoever came, changed or left', () => {
    fc.assert(
      fc.property(
        fc.array(person, { maxLength: 40 }),
        fc.array(person, { maxLength: 8 }),
        query,
        (rows, changed, text) => {
          const some = directory(rows);
          findIndexed(some, text, 100);
          for (const [at, [displayName, primaryPhone, primaryEmail]] of changed.entries()) {
            const id = `00000000-0000-4000-8000-${String(at * 2).padStart(12, '0')}`;
            some.update({ id, displayName, primaryPhone, primaryEmail, createdAt: new Date(0).toISOString() });
            some.remove(`00000000-0000-4000-8000-${String(at * 2 + 1).padStart(12, '0')}`);
          }
          const match = matcherOf(text);
          const expected = [...some.values()].filter((one) => match(one) !== null).map(({ id }) => id);
          const { hits } = findIndexed(some, text, 100);
          const got = hits.filter(({ matchedBy }) => matchedBy !== 'near').map(({ id }) => id);
          expect(got.toSorted()).toEqual(expected.toSorted());
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('holds many blocks of people', () => {
    const many = directory(Array.from({ length: 2000 }, (_, at) => [`Pessoa ${at} ${at % 700 === 0 ? 'Rara' : ''}`]));
    many.prepare();
    expect(findIndexed(many, 'rara', 10)).toMatchObject({ total: 3 });
    many.remove('00000000-0000-4000-8000-000000000700');
    expect(findIndexed(many, 'rara', 10)).toMatchObject({ total: 2 });
    expect(findIndexed(many, 'pessoa', 10)).toMatchObject({ total: 1999 });
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

describe('the directory at hand: a search among many', () => {
  const rows = Array.from({ length: 3000 }, (_, at): Row => [
    `${['Ana', 'João', 'Bia'][at % 3]} ${['Lima', 'Sá'][at % 2]}${at % 700 === 0 ? ' Rara' : ''}`,
    at % 5 === 0 ? `+5511987${String(600_000 + at).slice(0, 6)}` : null,
  ]);

  /** The same, with each person compared and all of them in order. */
  function slowly(of: PeopleIndex, query: string) {
    const match = matcherOf(query);
    return [...of.values()]
      .flatMap((person) => {
        const rank = match(person)?.rank;
        return rank === undefined ? [] : [{ id: person.id, rank, createdAt: person.createdAt }];
      })
      .toSorted((one, other) => one.rank - other.rank || other.createdAt - one.createdAt)
      .map(({ id }) => id);
  }

  it.each(['a', 'an', 'ana', 'joao lima', 'rara', 's', '98760', '+5511987', 'bia rara'])(
    '%j: the best of them, the newest first, however many a block holds',
    (query) => {
      const many = directory(rows);
      const all = slowly(many, query);
      expect(all.length).toBeGreaterThan(0);
      for (const most of [1, 30, 200, 3000]) {
        const { hits, total } = findIndexed(many, query, most);
        expect(total).toBe(all.length);
        expect(hits.map(({ id }) => id)).toEqual(all.slice(0, most));
      }
    },
  );

  it('is looked for again once somebody is added, changed or removed', () => {
    const many = directory(rows);
    const count = () => findIndexed(many, 'zulmira', 10).hits.map(({ displayName }) => displayName);
    expect(count()).toEqual([]);
    const id = '10000000-0000-4000-8000-000000000000';
    const person = { id, primaryPhone: null, primaryEmail: null, createdAt: new Date(9).toISOString() };
    many.put({ ...person, displayName: 'Zulmira' }, 1);
    expect(count()).toEqual(['Zulmira']);
    many.update({ ...person, displayName: 'Zulmira Reis' });
    expect(count()).toEqual(['Zulmira Reis']);
    many.remove(id);
    expect(count()).toEqual([]);
  });
});
