import 'server-only';
import { matcherOf, needlesOf, type MatchedBy, type Searchable } from '#lib/persons/directory/search-rank.ts';
import { plainQuery } from '#lib/persons/directory/search-patterns.ts';
import type { PeopleIndex, IndexedPerson } from './people-index.ts';

/** Somebody found at hand, as a search of Omni answers them. `createdAt` is ISO 8601. */
export type IndexHit = Searchable & { createdAt: string; matchedBy: MatchedBy };

/** Below so many hits, names that differ by one letter are looked for, too. */
const FEW = 20;
const LONG_ENOUGH = 5;

/**
 * The people at hand whom a text finds, best first and the newest of the equal ones, `most` at most; `total` of them all. Few hits are
 * followed by names with one letter more or less, in words of five letters on.
 */
export function findIndexed(people: PeopleIndex, query: string, most: number): { hits: IndexHit[]; total: number } {
  const match = matcherOf(query);
  const { best, total } = foundOnce(people, query, most);
  return {
    total,
    hits: best
      .slice(0, most)
      .map((place) => people.at(place))
      .map((person) => ({ ...fieldsOf(person), matchedBy: match(person)?.by ?? 'near' })),
  };
}

/** The fields of somebody at hand, as Omni answers them. */
export function fieldsOf({ id, displayName, primaryPhone, primaryEmail, createdAt }: IndexedPerson) {
  return { id, displayName, primaryPhone, primaryEmail, createdAt: new Date(createdAt).toISOString() };
}

/** Places, the best first, and how many there are of all. */
type Found = { best: number[]; total: number };

/** So many places of a search are kept at least, for the lines that Omni's answers make of it. */
const KEPT = 200;
/** And of so many searches of a directory. */
const MOST_SEARCHES = 8;

const searches = new WeakMap<PeopleIndex, { version: number; found: Map<string, Found> }>();

/** What a text finds, looked for once while the people are the same: each answer of Omni's is ranked with it again. */
function foundOnce(people: PeopleIndex, query: string, most: number): Found {
  const known = searches.get(people);
  const kept = known?.version === people.version ? known : { version: people.version, found: new Map<string, Found>() };
  if (kept !== known) searches.set(people, kept);
  if (most > KEPT) return search(people, query, most);
  const found = kept.found.get(query) ?? search(people, query, KEPT);
  kept.found.delete(query);
  kept.found.set(query, found);
  const [oldest] = kept.found.keys();
  if (kept.found.size > MOST_SEARCHES && oldest !== undefined) kept.found.delete(oldest);
  return found;
}

function search(people: PeopleIndex, query: string, most: number): Found {
  const match = matcherOf(query);
  const byRank: Newest[] = [];
  const few = new Set<number>();
  let total = 0;
  for (const person of people.holding(needlesOf(query))) {
    const rank = match(person)?.rank;
    if (rank === undefined) continue;
    total += 1;
    if (total <= FEW) few.add(person.place);
    (byRank[rank] ??= new Newest(people, most)).add(person.place);
  }
  const near = new Newest(people, most);
  const others = total < FEW ? nearOnes(people, query, few) : [];
  for (const place of others) near.add(place);
  const best = [...byRank, near].flatMap((rank) => rank?.places ?? []).slice(0, most);
  return { best, total: total + others.length };
}

/** The newest so many of the places that are added, the newest first. */
class Newest {
  readonly places: number[] = [];
  readonly #people: PeopleIndex;
  readonly #most: number;
  #oldest = Number.NEGATIVE_INFINITY;

  constructor(people: PeopleIndex, most: number) {
    this.#people = people;
    this.#most = most;
  }

  add(place: number): void {
    const { places } = this;
    const at = this.#people.createdAt(place);
    const full = places.length >= this.#most;
    if (full && at <= this.#oldest) return;
    let [low, high] = [0, places.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#people.createdAt(places[middle] ?? 0) >= at) low = middle + 1;
      else high = middle;
    }
    places.splice(low, 0, place);
    if (places.length > this.#most) places.pop();
    this.#oldest = this.#people.createdAt(places.at(-1) ?? 0);
  }
}

function nearOnes(people: PeopleIndex, query: string, found: ReadonlySet<number>): number[] {
  const wanted = plainQuery(query).split(' ').filter(Boolean);
  if (/\d/.test(query) || !wanted.some(({ length }) => length >= LONG_ENOUGH)) return [];
  const near: number[] = [];
  for (const person of people.holding(halvesOf(wanted))) {
    if (!person.name || found.has(person.place)) continue;
    const words = person.name.split(' ');
    const fits = (one: string) =>
      words.some((word) => word.startsWith(one) || (one.length >= LONG_ENOUGH && isOneApart(word, one)));
    if (wanted.every(fits)) near.push(person.place);
  }
  return near;
}

/** One letter more or less leaves one half of a word as it is: the halves of the longest word. */
function halvesOf(wanted: readonly string[]): string[] {
  const longest = wanted.reduce((one, other) => (other.length > one.length ? other : one));
  const middle = Math.floor(longest.length / 2);
  return [longest.slice(0, middle), longest.slice(middle)];
}

/** Whether one text is the other with one letter more. */
export function isOneApart(one: string, other: string): boolean {
  const [long, short] = one.length > other.length ? [one, other] : [other, one];
  if (long.length !== short.length + 1) return false;
  let at = 0;
  while (at < short.length && long[at] === short[at]) at += 1;
  return long.slice(at + 1) === short.slice(at);
}
