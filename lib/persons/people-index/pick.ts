import 'server-only';
import type { PeopleIndex, IndexedPerson } from './people-index.ts';

/** What a list of people is narrowed to, and its order. `since`: added then or later, in milliseconds since 1970. */
export type PeoplePick = {
  without?: 'name' | 'phone' | 'email' | undefined;
  since?: number | undefined;
  sort: 'added' | '-added' | 'name' | '-name';
};

/** A list of people, of whom each is made once asked for; right until the directory changes, so it is read where it was picked. */
export type PickedPeople = {
  length: number;
  slice: (from: number, to: number) => IndexedPerson[];
  map: <T>(make: (person: IndexedPerson) => T) => T[];
};

/** The people at hand that fit, in order. Who has no name stands last in either direction. */
export function pickIndexed(people: PeopleIndex, { without, since, sort }: PeoplePick): PickedPeople {
  const places = people.worked(`pick ${without} ${since} ${sort}`, () => {
    const fit: number[] = [];
    const names: string[] = [];
    for (const person of people.plain()) {
      const { place } = person;
      if (without !== undefined && person[without] !== '') continue;
      if (since !== undefined && people.createdAt(place) < since) continue;
      fit.push(place);
      if (sort.endsWith('name')) names[place] = person.name;
    }
    const order = sort.endsWith('name') ? byName(people, names, sort === '-name') : byAdded(people, sort === '-added');
    return new Uint32Array(fit).sort(order);
  });
  return {
    length: places.length,
    slice: (from, to) => Array.from(places.subarray(from, to), (place) => people.at(place)),
    map: (make) => Array.from(places, (place) => make(people.at(place))),
  };
}

function byAdded(people: PeopleIndex, down: boolean) {
  return (one: number, other: number) =>
    (down ? -1 : 1) * (people.createdAt(one) - people.createdAt(other)) || people.inOrder(one, other);
}

/** Folded names are compared as they are: a collator takes half a second for 50,000. */
function byName(people: PeopleIndex, names: readonly string[], down: boolean) {
  return (a: number, b: number) => {
    const [one = '', other = ''] = [names[a], names[b]];
    if (one === other) return people.createdAt(b) - people.createdAt(a) || people.inOrder(a, b);
    if (one === '' || other === '') return one === '' ? 1 : -1;
    return one < other !== down ? -1 : 1;
  };
}
