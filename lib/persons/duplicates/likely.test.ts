import { describe, expect, it } from 'vitest';
import { PeopleIndex } from '#lib/persons/people-index/people-index.ts';
import { evidenceOfFields, likelyGroups, likelyPairs } from './likely.ts';

type Row = [name: string | null, phone?: string | null, email?: string | null];

function directory(rows: readonly Row[]): PeopleIndex {
  const people = new PeopleIndex();
  for (const [at, [displayName, primaryPhone = null, primaryEmail = null]] of rows.entries()) {
    const id = `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
    people.put({ id, displayName, primaryPhone, primaryEmail, createdAt: new Date(at * 1000).toISOString() }, 1);
  }
  return people;
}

const pairsOf = (rows: readonly Row[], decided: (one: string, other: string) => boolean = () => false) =>
  likelyPairs(likelyGroups(directory(rows)), (one, other) => decided(one.displayName ?? '', other.displayName ?? ''));
const named = (rows: readonly Row[], decided?: (one: string, other: string) => boolean) =>
  pairsOf(rows, decided).map(({ one, other, by }) => [one.displayName, other.displayName, by]);

describe('persons.duplicates: the queue', () => {
  it('pairs who have one phone in two spellings, or one email, the surest first', () => {
    expect(
      named([
        ['Ana Souza', null, 'ana@example.com'],
        ['Ana Paula', null, 'ANA@example.com'],
        ['João Silva', '+5511987654321', 'j@example.com'],
        ['JOAO SILVA', '(11) 8765-4321'],
        ['Rosa', '+51976543219'],
        ['Rosa', '+5551976543219'],
        ['Zé Lima', null, 'josé@example.com'],
        ['Jonas Reis', null, 'jose@example.com'],
      ]),
    ).toEqual([
      ['João Silva', 'JOAO SILVA', 'phone'],
      ['Ana Souza', 'Ana Paula', 'email'],
    ]);
  });

  it('pairs namesakes only where one has a phone and another none, and never by a common name', () => {
    expect(
      named([
        ['Rui Alves', '+5511911112222'],
        ['rui alves'],
        ['Bia', '+5511911113333'],
        ['Bia'],
        ['Caio Lima', '+5511911114444'],
        ['Caio Lima', '+5511911115555'],
        ['Edu Reis', '+5511911116666', 'edu@example.com'],
        ['Edu Reis', null, 'other@example.com'],
        ...Array.from({ length: 9 }, (_, at): Row => ['Maria Silva', at % 2 ? `+55119222200${at}0` : null]),
      ]),
    ).toEqual([['Rui Alves', 'rui alves', 'name']]);
  });

  it('says of a number of 300 people that they share it, and pairs none of them', () => {
    const people = directory(
      Array.from({ length: 300 }, (_, at): Row => [`Ramal ${at}`, ` ${' '.repeat(at)}+55 11 3456-7890`]),
    );
    const groups = likelyGroups(people);
    expect(groups.shared).toEqual([{ what: 'phone', value: '+551134567890', count: 300 }]);
    expect(likelyPairs(groups, () => false)).toEqual([]);
  });

  it('pairs the third of a group with the second where it was told apart from the first', () => {
    const three: Row[] = [
      ['A', '+5511987654321', 'a@example.com'],
      ['B', '11987654321', null],
      ['C', '(11) 98765-4321'],
    ];
    expect(named(three).map(([one, other]) => [one, other])).toEqual([
      ['A', 'B'],
      ['A', 'C'],
    ]);
    expect(named(three, (one, other) => one === 'A' && other === 'C').map(([one, other]) => [one, other])).toEqual([
      ['A', 'B'],
      ['B', 'C'],
    ]);
  });

  it('leaves out 5,000 people without a name, a phone and an email', () => {
    const people = directory(Array.from({ length: 5000 }, (): Row => [null]));
    expect(likelyGroups(people)).toMatchObject({ groups: [], shared: [] });
  });

  it('gives evidence of fields that does not depend on the order of the two', () => {
    const [one, other] = [
      { id: '1', displayName: 'Ana Souza', primaryPhone: '+5511987654321', primaryEmail: 'a@example.com' },
      { id: '2', displayName: 'Ana  Souza', primaryPhone: '1187654321', primaryEmail: 'b@example.com' },
    ];
    const whats = (evidence: ReturnType<typeof evidenceOfFields>) => evidence.map(({ what }) => what).sort();
    expect(whats(evidenceOfFields(one, other))).toEqual(whats(evidenceOfFields(other, one)));
  });
});
