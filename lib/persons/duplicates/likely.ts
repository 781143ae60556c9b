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

export type LikelyGroups = { groups: { by: InCommon; people: IndexedPerson[] }[]; shared: SharedByMany[] };

/** More people than this have a phone or an email in common because it is nobody's own, and a name because it is common. */
const MOST_TOGETHER = 10;
const MOST_NAMESAKES = 6;

/**
 * People of one directory who have the same phone (`readPhone`), the same email, or the same name of two words or more where one has a
 * phone and another has none. Worked out once for each state of the directory.
 */
export function likelyGroups(people: PeopleIndex): LikelyGroups {
  return people.worked('duplicates', () => {
    const [phones, emails, names] = [new Map<string, IndexedPerson[]>(), new Map(), new Map()];
    for (const person of people.values()) {
      gather(phones, person.key, person);
      gather(emails, emailKey(person.primaryEmail), person);
      if (person.name.includes(' ')) gather(names, person.name, person);
    }
    const groups: LikelyGroups['groups'] = [];
    const shared: SharedByMany[] = [];
    for (const [what, all] of [['phone', phones] as const, ['email', emails] as const]) {
      for (const [value, some] of all) {
        if (some.length > MOST_TOGETHER) shared.push({ what, value, count: some.length });
        else if (some.length > 1) groups.push({ by: what, people: fullestFirst(some) });
      }
    }
    for (const some of names.values()) if (isSplit(some)) groups.push({ by: 'name', people: fullestFirst(some) });
    return { groups, shared: shared.sort((one, other) => other.count - one.count) };
  });
}

function gather(all: Map<string, IndexedPerson[]>, value: string, person: IndexedPerson): void {
  if (value === '') return;
  const some = all.get(value);
  if (some) some.push(person);
  else all.set(value, [person]);
}

/** Whether few people of one name are some with a phone and some without: perhaps one, whose number a channel hides. */
function isSplit(people: readonly IndexedPerson[]): boolean {
  if (people.length < 2 || people.length > MOST_NAMESAKES) return false;
  return people.some(({ phone }) => phone === '') && people.some(({ phone }) => phone !== '');
}

const filled = ({ name, phone, email }: IndexedPerson) => [name, phone, email].filter(Boolean).length;

function fullestFirst(people: IndexedPerson[]): IndexedPerson[] {
  return people.sort((one, other) => filled(other) - filled(one) || one.createdAt - other.createdAt);
}

/**
 * The pairs to decide, the surest first: each person of a group beside the first one before them whom nobody has told apart from them
 * (`isDecided`). A pair of several groups stands once, by what is surest.
 */
export function likelyPairs(
  { groups }: LikelyGroups,
  isDecided: (one: IndexedPerson, other: IndexedPerson) => boolean,
): LikelyPair[] {
  const pairs = new Map<string, LikelyPair>();
  for (const { by, people } of groups) {
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
