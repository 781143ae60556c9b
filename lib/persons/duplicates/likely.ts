import 'server-only';
import type { PeopleIndex, IndexedPerson } from '#lib/persons/people-index/people-index.ts';
import { emailKey } from '#lib/text/email.ts';
import { evidenceFor, type Candidate, type Evidence } from './duplicate-evidence.ts';

/** What people have in common that may make them one. */
export type InCommon = 'phone' | 'email' | 'name';

/** Two people who may be one: the fuller record first. `certainty`: the higher, the surer; for the order only. */
export type LikelyPair = { one: IndexedPerson; other: IndexedPerson; by: InCommon; certainty: number };

/** A phone or an email of so many people that it is nobody's own, such as a switchboard's. */
export type SharedByMany = { what: 'phone' | 'email'; value: string; count: number };

/** Groups as places, the fullest first, and who stands at one: kept as people, 50,000 with their doubles took 14 MB. */
export type LikelyGroups = {
  groups: { by: InCommon; places: number[] }[];
  at: (place: number) => IndexedPerson;
  shared: SharedByMany[];
};

/** More people than this have a phone or an email in common because it is nobody's own, and a name because it is common. */
const MOST_TOGETHER = 10;
const MOST_NAMESAKES = 6;

const [PHONE, EMAIL, NAME] = [1, 2, 4];

/**
 * People of one directory who have the same phone (`readPhone`), the same email, or the same name of two words or more where one has a
 * phone and another has none. Worked out once for each state of the directory.
 */
export function likelyGroups(people: PeopleIndex): LikelyGroups {
  return people.worked('duplicates', () => {
    const [phones, emails, names] = [
      new Map<string, number[]>(),
      new Map<string, number[]>(),
      new Map<string, number[]>(),
    ];
    /** What is filled in of each, by place: a bit a field. */
    const filled = new Uint8Array(people.places);
    for (const { key, email, name, phone, place } of people.plain()) {
      filled[place] = (phone ? PHONE : 0) + (email ? EMAIL : 0) + (name ? NAME : 0);
      gather(phones, key, place);
      gather(emails, email, place);
      if (name.includes(' ')) gather(names, name, place);
    }
    const at = (place: number) => people.at(place);
    const groups: LikelyGroups['groups'] = [];
    const shared: SharedByMany[] = [];
    for (const [what, all] of [['phone', phones] as const, ['email', byEmail(people, emails)] as const]) {
      for (const [value, places] of all) {
        if (places.length > MOST_TOGETHER) shared.push({ what, value, count: places.length });
        else if (places.length > 1) groups.push({ by: what, places: fullestFirst(people, places, filled) });
      }
    }
    for (const places of names.values())
      if (isSplit(places, filled)) groups.push({ by: 'name', places: fullestFirst(people, places, filled) });
    return { groups, at, shared: shared.sort((one, other) => other.count - one.count) };
  });
}

function gather(all: Map<string, number[]>, value: string, place: number): void {
  if (value === '') return;
  const some = all.get(value);
  if (some) some.push(place);
  else all.set(value, [place]);
}

/** Emails at hand are folded, for the search; accents tell two apart, so those with one folded email are gathered by what is written. */
function byEmail(people: PeopleIndex, folded: ReadonlyMap<string, readonly number[]>): Map<string, number[]> {
  const written = new Map<string, number[]>();
  for (const places of folded.values())
    if (places.length > 1) for (const place of places) gather(written, emailKey(people.at(place).primaryEmail), place);
  return written;
}

/** Whether few people of one name are some with a phone and some without: perhaps one, whose number a channel hides. */
function isSplit(places: readonly number[], filled: Uint8Array): boolean {
  if (places.length < 2 || places.length > MOST_NAMESAKES) return false;
  const phones = places.filter((place) => (filled[place] ?? 0) & PHONE).length;
  return phones > 0 && phones < places.length;
}

const COUNT = [0, 1, 1, 2, 1, 2, 2, 3];

function fullestFirst(people: PeopleIndex, places: number[], filled: Uint8Array): number[] {
  const fields = (place: number) => COUNT[filled[place] ?? 0] ?? 0;
  return places.sort((one, other) => fields(other) - fields(one) || people.createdAt(one) - people.createdAt(other));
}

/**
 * The pairs to decide, the surest first: each person of a group beside the first one before them whom nobody has told apart from them
 * (`isDecided`). A pair of several groups stands once, by what is surest.
 */
export function likelyPairs(
  { groups, at: personAt }: LikelyGroups,
  isDecided: (one: IndexedPerson, other: IndexedPerson) => boolean,
): LikelyPair[] {
  const pairs = new Map<string, LikelyPair>();
  for (const { by, places } of groups) {
    const people = places.map(personAt);
    for (const [at, other] of people.entries()) {
      const one = people.slice(0, at).find((before) => fits(by, before, other) && !isDecided(before, other));
      if (!one) continue;
      const id = one.id < other.id ? `${one.id} ${other.id}` : `${other.id} ${one.id}`;
      if (!pairs.has(id)) pairs.set(id, { one, other, by, certainty: certaintyOf(one, other) });
    }
  }
  return [...pairs.values()].sort(
    (a, b) => b.certainty - a.certainty || (a.one.name < b.one.name ? -1 : 1) || (a.other.id < b.other.id ? -1 : 1),
  );
}

/** Namesakes only where one has a phone and the other none, and their emails are not two. */
function fits(by: InCommon, one: IndexedPerson, other: IndexedPerson): boolean {
  if (by !== 'name') return true;
  return (one.phone === '') !== (other.phone === '') && !differs(one, other, 'email');
}

/** What two people have in common, the surest first. */
export function inCommon(one: IndexedPerson, other: IndexedPerson): InCommon[] {
  return (['phone', 'email', 'name'] as const).filter((what) => {
    const own = comparedBy(one, what);
    return own !== '' && own === comparedBy(other, what);
  });
}

/** What people are compared by, '' where there is none. An email is not folded as it is for a search: its accents tell two apart. */
function comparedBy({ key, name, primaryEmail }: IndexedPerson, what: InCommon): string {
  return what === 'phone' ? key : what === 'email' ? emailKey(primaryEmail) : name;
}

function differs(one: IndexedPerson, other: IndexedPerson, what: InCommon): boolean {
  const [own, theirs] = [comparedBy(one, what), comparedBy(other, what)];
  return own !== '' && theirs !== '' && own !== theirs;
}

function certaintyOf(one: IndexedPerson, other: IndexedPerson): number {
  const same = new Set(inCommon(one, other));
  return (
    (same.has('phone') ? 8 : 0) +
    (same.has('email') ? 5 : 0) +
    (same.has('name') ? 2 : 0) -
    (differs(one, other, 'phone') ? 2 : 0) -
    (differs(one, other, 'email') ? 1 : 0) -
    (differs(one, other, 'name') && !sharesWord(one.name, other.name) ? 3 : 0)
  );
}

function sharesWord(one: string, other: string): boolean {
  const words = new Set(one.split(' '));
  return other.split(' ').some((word) => word.length > 2 && words.has(word));
}

/** The evidence that the fields of two people give, without their handles. */
export function evidenceOfFields(one: Candidate['person'], other: Candidate['person']): Evidence[] {
  return evidenceFor({ person: one, identities: null }, { person: other, identities: null });
}
