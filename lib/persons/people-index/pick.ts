import 'server-only';
import type { PeopleIndex, IndexedPerson } from './people-index.ts';

/** What a list of people is narrowed to, and its order. `since`: added then or later, in milliseconds since 1970. */
export type PeoplePick = {
  without?: 'name' | 'phone' | 'email' | undefined;
  since?: number | undefined;
  sort: 'added' | '-added' | 'name' | '-name';
};

/** The people at hand that fit, in order. Who has no name stands last in either direction. */
export function pickIndexed(people: PeopleIndex, { without, since, sort }: PeoplePick): readonly IndexedPerson[] {
  return people.worked(`pick ${without} ${since} ${sort}`, () => {
    const fits = (person: IndexedPerson) =>
      (without === undefined || person[without] === '') && (since === undefined || person.createdAt >= since);
    return [...people.values()].filter(fits).sort(sort.endsWith('name') ? byName(sort === '-name') : byAdded(sort));
  });
}

function byAdded(sort: PeoplePick['sort']) {
  const down = sort === '-added' ? -1 : 1;
  return (one: IndexedPerson, other: IndexedPerson) =>
    down * (one.createdAt - other.createdAt) || (one.id < other.id ? -1 : 1);
}

/** Folded names are compared as they are: a collator takes half a second for 50,000. */
function byName(down: boolean) {
  return (one: IndexedPerson, other: IndexedPerson) => {
    if (one.name === other.name) return other.createdAt - one.createdAt || (one.id < other.id ? -1 : 1);
    if (one.name === '' || other.name === '') return one.name === '' ? 1 : -1;
    return one.name < other.name !== down ? -1 : 1;
  };
}
