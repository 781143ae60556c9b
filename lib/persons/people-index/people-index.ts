import 'server-only';
import type { Person } from '#lib/omni/schemas/persons.ts';
import { plainPerson, type PlainPerson, type Searchable } from '#lib/persons/directory/search-rank.ts';
import { IdTable, isPlainId, keyOfId } from './id-table.ts';
import { PeopleColumns } from './people-columns.ts';
import { LineFields, readLine, writeLine } from './person-line.ts';

/** What the directory keeps of a person, and nothing else; `createdAt` in milliseconds. */
export type IndexedPerson = PlainPerson & Searchable & { createdAt: number };

/** Somebody as they are compared, and the place to read all of them from. */
export type PlainAt = PlainPerson & { place: number };

export type PersonFields = Pick<Person, 'id' | 'displayName' | 'primaryPhone' | 'primaryEmail' | 'createdAt'>;

/** What can be kept in memory at most; a larger directory is not. */
export const MOST_PEOPLE = 100_000;

/** So many filtered and ordered lists are kept; each has a number for each person in it. */
const MOST_WORKED = 8;

/**
 * The people of one directory, in memory: as columns, since an object for each of 50,000 takes four times as much. Who is asked for is
 * made of them. `version` counts what changed, so that what was worked out of them can be kept; a place is somebody's for one version.
 */
export class PeopleIndex {
  readonly #columns = new PeopleColumns();
  readonly #ids = new IdTable((place) => this.#columns.keyAt(place));
  readonly #worked = new Map<string, unknown>();
  #workedOf = 0;
  version = 0;

  get size(): number {
    return this.#ids.size;
  }

  /** Every place is below this. */
  get places(): number {
    return this.#columns.places;
  }

  get(id: string): IndexedPerson | undefined {
    const place = this.#ids.get(keyOfId(id));
    return place < 0 ? undefined : this.at(place);
  }

  /** Who stands at a place. */
  at(place: number): IndexedPerson {
    const person = readLine(this.#columns.lineAt(place));
    return { ...person, id: person.id || this.#columns.idAt(place), createdAt: this.createdAt(place) };
  }

  createdAt(place: number): number {
    return this.#columns.createdAt(place);
  }

  /** Which of two stands first where everything else is equal: the lower id. */
  inOrder(one: number, other: number): number {
    const [a, b] = [this.#columns.keyAt(one), this.#columns.keyAt(other)];
    return a.keys.compare(b.keys, b.at, b.at + 16, a.at, a.at + 16);
  }

  *values(): Generator<IndexedPerson> {
    for (const place of this.#columns.taken()) yield this.at(place);
  }

  /** Everybody as they are compared. */
  plain(): Generator<PlainAt> {
    return this.#columns.all((line, place) => new LineFields(line, place));
  }

  /** Adds somebody, or replaces what changed about them. */
  put({ id, displayName, primaryPhone, primaryEmail, createdAt }: PersonFields, walk: number): void {
    const key = keyOfId(id);
    const known = this.#ids.get(key);
    if (known >= 0) {
      const old = readLine(this.#columns.lineAt(known));
      const same =
        old.displayName === displayName && old.primaryPhone === primaryPhone && old.primaryEmail === primaryEmail;
      if (same) return this.#columns.meet(known, walk);
    }
    const place = known >= 0 ? known : this.#columns.take(key, Date.parse(createdAt));
    const shown = { displayName, primaryPhone, primaryEmail };
    this.#columns.write(place, writeLine({ ...plainPerson(shown), ...shown, id: isPlainId(id) ? '' : id }));
    this.#columns.meet(place, walk);
    if (known < 0) this.#ids.add(key, place);
    this.version += 1;
  }

  /** Replaces what changed about somebody who is here; others are left out. */
  update(person: PersonFields): void {
    if (this.#ids.get(keyOfId(person.id)) >= 0) this.put(person, 0);
  }

  remove(id: string): void {
    const place = this.#ids.get(keyOfId(id));
    if (place >= 0) this.#removeAt(place);
  }

  /** Removes whom a whole walk did not meet, except who was `spared`: the walk could not see everybody of that instant. */
  sweep(walk: number, spared: ReadonlySet<number>): void {
    for (const place of this.#columns.taken())
      if (this.#columns.walkAt(place) < walk && !spared.has(this.createdAt(place))) this.#removeAt(place);
  }

  /** Takes in the newest people of all (`hasMore`: there are older ones), and removes who would stand among them. */
  newest(page: readonly PersonFields[], hasMore: boolean, walk: number): void {
    for (const person of page) this.put(person, walk);
    const last = page.at(-1);
    const since = hasMore && last ? Date.parse(last.createdAt) : Number.NEGATIVE_INFINITY;
    const here = new Set(page.map(({ id }) => this.#ids.get(keyOfId(id))));
    for (const place of this.#columns.taken())
      if (this.createdAt(place) > since && !here.has(place)) this.#removeAt(place);
  }

  clear(): void {
    this.#columns.clear();
    this.#ids.clear();
    this.#worked.clear();
    this.version += 1;
  }

  /** Who may be found by one of these texts (`needlesOf`): whoever is not among them is not. */
  holding(needles: readonly string[]): Generator<PlainAt> {
    return this.#columns.holding(needles, (line, place) => new LineFields(line, place));
  }

  /** Makes ready what is searched, a little at a time. */
  prepare(): void {
    this.#columns.pack();
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

  #removeAt(place: number): void {
    const { keys, at } = this.#columns.keyAt(place);
    this.#ids.remove(keys.subarray(at, at + 16));
    this.#columns.free(place);
    this.version += 1;
  }
}
