import 'server-only';
import { fold } from '#lib/text/fold.ts';
import { digitsOf, phonesMeant, readPhone } from '#lib/text/phone.ts';
import { isNumber, numberIn } from './pasted.ts';
import { plainQuery } from './search-patterns.ts';

/** The fields of a hit that a match can be explained with. */
export type Searchable = {
  id: string;
  displayName: string | null;
  primaryPhone: string | null;
  primaryEmail: string | null;
};

export type MatchedBy = 'name' | 'phone' | 'email' | 'handle' | 'id' | 'old-id' | 'near';

export type Match = { by: MatchedBy; rank: number };

/**
 * A person's fields as they are compared, each '' where there is none. `name` and `email` folded, `phone` as stored; `key` and
 * `written` of the number that it is (`readPhone`).
 */
export type PlainPerson = { name: string; email: string; phone: string; key: string; written: string };

/** The fields of a person as they are compared. Reading a phone takes 20 µs. */
export function plainPerson({ displayName, primaryPhone, primaryEmail }: Omit<Searchable, 'id'>): PlainPerson {
  const phone = primaryPhone?.trim() ?? '';
  const { key = '', written = '' } = (phone && readPhone(phone)) || {};
  return { name: plainQuery(displayName ?? ''), email: fold(primaryEmail ?? ''), phone, key, written };
}

/**
 * Why a hit fits the query, best reason first, or null when nothing we can see explains it. Words match in any order and
 * without accents; digits match a phone however it is written. Ranks: 0 is best.
 */
export function explain(query: string, hit: Searchable): Match | null {
  return matcherOf(query)(plainPerson(hit));
}

/**
 * Texts of which one must stand in what a person is found by (`name`, without its quotes, `email`, `phone` folded, `phoneWays`) for
 * `matcherOf` to find them; none for a query that finds nobody.
 */
export function needlesOf(typed: string): string[] {
  const query = numberIn(typed);
  const wanted = plainQuery(query.trim().replace(/^@(?=.)/, ''));
  if (!wanted) return [];
  const longest = wordsOf(wanted).reduce((one, other) => (other.length > one.length ? other : one));
  const digits = digitsOf(query);
  if (!isNumber(query) || digits.length < 4) return [longest];
  return [...new Set([longest, digits, localPart(digits) ?? digits, ...phonesMeant(query).map(({ key }) => key)])];
}

/** The words that each must stand in a name: `Ana-Maria` is `Ana Maria` to many. */
function wordsOf(wanted: string): string[] {
  const all = wanted.split(/[\s-]+/).filter(Boolean);
  return all.length > 0 ? all : [wanted];
}

/** A name without quotes: `d'avila` is found as `davila`, too. */
export function unquoted(name: string): string {
  return name.includes("'") ? name.replaceAll("'", '') : name;
}

/** `explain` for one query and many people. Fields are read as they are needed: of most people the name tells all. */
export function matcherOf(typed: string): (person: PlainPerson) => Match | null {
  const query = numberIn(typed);
  const user = query.trim().startsWith('@');
  const wanted = plainQuery(query.trim().replace(/^@(?=.)/, ''));
  if (!wanted) return () => null;
  const digits = digitsOf(query);
  const number = isNumber(query) && digits.length >= 4;
  const meant = new Set(number ? phonesMeant(query).map(({ key }) => key) : []);
  const inName = wordsOf(wanted);
  const lettered = /\p{L}/u.test(wanted);
  return (person) => {
    if (number && person.phone) {
      if (meant.has(person.key)) return { by: 'phone', rank: 0 };
      if (isPartOf(digits, person)) return { by: 'phone', rank: 4 };
    }
    const { name } = person;
    if (name) {
      // A username that was searched for is answered as the name (contract §10, 21).
      if (name === wanted) return { by: user ? 'handle' : 'name', rank: 0 };
      if (name.startsWith(wanted)) return { by: 'name', rank: 1 };
      const bare = unquoted(name);
      if (inName.every((word) => name.includes(word) || bare.includes(word))) {
        const starts = (text: string) =>
          inName.every((word) => [' ', '-'].some((before) => `${before}${text}`.includes(`${before}${word}`)));
        return { by: 'name', rank: starts(name) || starts(bare) ? 2 : 3 };
      }
    }
    const { email } = person;
    if (email.includes(wanted))
      return { by: 'email', rank: email.startsWith(`${wanted}@`) || email === wanted ? 1 : 4 };
    // What reads as a number has no letters in it.
    const { phone } = person;
    if (phone && !number && !(lettered && person.key) && fold(phone).includes(wanted)) return { by: 'phone', rank: 4 };
    return null;
  };
}

/** Whether typed digits are part of a phone, its ninth digit written or not in either of them. */
function isPartOf(digits: string, person: Pick<PlainPerson, 'phone' | 'key' | 'written'>): boolean {
  const ways = phoneWays(person);
  if (ways.some((way) => way.includes(digits))) return true;
  const local = person.key.startsWith('+55') ? localPart(digits) : null;
  return local !== null && ways.some((way) => way.endsWith(local));
}

/** A mobile's number without area code as it was before the ninth digit; null for another number. */
function localPart(digits: string): string | null {
  return /^9[6-9]\d{7}$/.test(digits) ? digits.slice(1) : null;
}

/** The ways a phone is written, as digits are compared with them: as a number, with and without its ninth digit, and as stored. */
export function phoneWays({ phone, key, written }: Pick<PlainPerson, 'phone' | 'key' | 'written'>): string[] {
  const ninth = key.length === 14 && /^\+55\d\d9[6-9]/.test(key);
  return [
    key,
    ...(ninth ? [`${key.slice(0, 5)}${key.slice(6)}`] : []),
    ...(written === key ? [] : [written]),
    ...(phone === key ? [] : [digitsOf(phone)]),
  ];
}

/**
 * Merges the answers of several searches into one ranked list without repeats. Hits of searches that `keep` stay even
 * when unexplained (Omni searched a handle or a name in a chat that we are not shown); the others only when explained.
 */
export function rankHits<H extends Searchable>(
  query: string,
  answers: readonly { keep: boolean; hits: readonly H[] }[],
): (H & { matchedBy: MatchedBy })[] {
  const best = new Map<string, { hit: H; match: Match; order: number }>();
  let order = 0;
  for (const { keep, hits } of answers) {
    for (const hit of hits) {
      order += 1;
      const match = explain(query, hit) ?? (keep ? { by: 'handle' as const, rank: 6 } : null);
      if (match && !best.has(hit.id)) best.set(hit.id, { hit, match, order });
    }
  }
  return [...best.values()]
    .sort((a, b) => a.match.rank - b.match.rank || a.order - b.order)
    .map(({ hit, match }) => ({ ...hit, matchedBy: match.by }));
}
