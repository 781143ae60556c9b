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
  const byRank: number[][] = [];
  let total = 0;
  for (const person of people.holding(needlesOf(query))) {
    const rank = match(person)?.rank;
    if (rank === undefined) continue;
    total += 1;
    (byRank[rank] ??= []).push(person.place);
  }
  const near = total < FEW ? nearOnes(people, query, new Set(byRank.flat())) : [];
  const best: number[] = [];
  for (const rank of [...byRank, near]) {
    if (!rank || best.length >= most) continue;
    rank.sort((one, other) => people.createdAt(other) - people.createdAt(one));
    best.push(...rank.slice(0, most - best.length));
  }
  return {
    total: total + near.length,
    hits: best
      .map((place) => people.at(place))
      .map((person) => ({ ...fieldsOf(person), matchedBy: match(person)?.by ?? 'near' })),
  };
}

/** The fields of somebody at hand, as Omni answers them. */
export function fieldsOf({ id, displayName, primaryPhone, primaryEmail, createdAt }: IndexedPerson) {
  return { id, displayName, primaryPhone, primaryEmail, createdAt: new Date(createdAt).toISOString() };
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
