import 'server-only';
import type { Person } from '#lib/omni/schemas/persons.ts';
import { Haystack } from './haystack.ts';
import { plainPerson, type PlainPerson } from '#lib/persons/directory/search-rank.ts';

/** What the directory keeps of a person, and nothing else; `createdAt` in milliseconds. `walk`: the walk that last met them. */
export type IndexedPerson = PlainPerson & {
  id: string;
  displayName: string | null;
  primaryPhone: string | null;
  primaryEmail: string | null;
  createdAt: number;
  walk: number;
  /** Where they stand in what is searched. */
  place: number;
};

export type PersonFields = Pick<Person, 'id' | 'displayName' | 'primaryPhone' | 'primaryEmail' | 'createdAt'>;

/** What can be kept in memory at most; a larger directory is not. */
export const MOST_PEOPLE = 100_000;

/** So many filtered and ordered lists are kept; each has a reference for each person in it. */
const MOST_WORKED = 8;

/** The people of one directory, in memory. `version` counts what changed, so that what was worked out of them can be kept. */
export class PeopleIndex {
  readonly #people = new Map<string, IndexedPerson>();
  readonly #found = new Haystack<IndexedPerson>();
  readonly #worked = new Map<string, unknown>();
  #workedOf = 0;
  version = 0;

  get size(): number {
    return this.#people.size;
  }

  get(id: string): IndexedPerson | undefined {
    return this.#people.get(id);
  }

  values(): IterableIterator<IndexedPerson> {
    return this.#people.values();
  }

  /** Adds somebody, or replaces what changed about them; a text that is the same is kept once. */
  put({ id, displayName, primaryPhone, primaryEmail, createdAt }: PersonFields, walk: number): void {
    const known = this.#people.get(id);
    const same =
      known?.displayName === displayName && known.primaryPhone === primaryPhone && known.primaryEmail === primaryEmail;
    if (known && same) {
      known.walk = Math.max(known.walk, walk);
      return;
    }
    const plain = plainPerson({ displayName, primaryPhone, primaryEmail });
    const person: IndexedPerson = {
      id,
      displayName,
      primaryPhone,
      primaryEmail,
      createdAt: Date.parse(createdAt),
      name: shared(plain.name, displayName),
      email: shared(plain.email, primaryEmail),
      phone: shared(plain.phone, primaryPhone),
      key: shared(plain.key, primaryPhone),
      written: shared(plain.written, plain.key),
      walk: Math.max(walk, known?.walk ?? 0),
      place: known?.place ?? 0,
    };
    if (known) this.#found.set(known.place, person);
    else person.place = this.#found.add(person);
    this.#people.set(id, person);
    this.version += 1;
  }

  /** Replaces what changed about somebody who is here; others are left out. */
  update(person: PersonFields): void {
    if (this.#people.has(person.id)) this.put(person, 0);
  }

  remove(id: string): void {
    const person = this.#people.get(id);
    if (!person) return;
    this.#found.set(person.place, undefined);
    this.#people.delete(id);
    this.version += 1;
  }

  /** Removes whom a whole walk did not meet, except who was `spared`: the walk could not see everybody of that instant. */
  sweep(walk: number, spared: ReadonlySet<number>): void {
    for (const { id, walk: met, createdAt } of this.#people.values())
      if (met < walk && !spared.has(createdAt)) this.remove(id);
  }

  /** Takes in the newest people of all (`hasMore`: there are older ones), and removes who would stand among them. */
  newest(page: readonly PersonFields[], hasMore: boolean, walk: number): void {
    for (const person of page) this.put(person, walk);
    const last = page.at(-1);
    const since = hasMore && last ? Date.parse(last.createdAt) : Number.NEGATIVE_INFINITY;
    const here = new Set(page.map(({ id }) => id));
    for (const { id, createdAt } of this.#people.values()) if (createdAt > since && !here.has(id)) this.remove(id);
  }

  clear(): void {
    this.#people.clear();
    this.#found.clear();
    this.#worked.clear();
    this.version += 1;
  }

  /** Who may be found by one of these texts (`needlesOf`): whoever is not among them is not. */
  holding(needles: readonly string[]): Generator<IndexedPerson> {
    return this.#found.with(needles);
  }

  /** Makes ready what is searched, a little at a time. */
  prepare(): void {
    this.#found.write();
  }

  /** What `make` works out of the people, once for each state of them; the last few are kept. */
  worked<T>(name: string, make: () => T): T {
    if (this.#workedOf !== this.version) this.#worked.clear();
    this.#workedOf = this.version;
    const known = this.#worked.get(name);
    if (known !== undefined) return known as T;
    const value = make();
    this.#worked.set(name, value);
    const [oldest] = this.#worked.keys();
    if (this.#worked.size > MOST_WORKED && oldest !== undefined) this.#worked.delete(oldest);
    return value;
  }
}

/** The same text without a second copy of it. */
function shared(text: string, other: string | null): string {
  return text === other ? other : text;
}
