import 'server-only';
import { fold } from '#lib/text/fold.ts';
import { digitsOf, phonesMeant, readPhone } from '#lib/text/phone.ts';
import { isNumber, plainQuery } from './search-patterns.ts';

/** The fields of a hit that a match can be explained with. */
export type Searchable = {
  id: string;
  displayName: string | null;
  primaryPhone: string | null;
  primaryEmail: string | null;
};

export type MatchedBy = 'name' | 'phone' | 'email' | 'handle' | 'id' | 'old-id';

export type Match = { by: MatchedBy; rank: number };

/**
 * Why a hit fits the query, best reason first, or null when nothing we can see explains it. Words match in any order and
 * without accents; digits match a phone however it is written. Ranks: 0 is best.
 */
export function explain(query: string, hit: Searchable): Match | null {
  const user = query.trim().startsWith('@');
  const wanted = plainQuery(query.trim().replace(/^@(?=.)/, ''));
  if (!wanted) return null;
  const name = plainQuery(hit.displayName ?? '');
  const email = fold(hit.primaryEmail ?? '');
  const number = isNumber(query) && digitsOf(query).length >= 4;
  if (number && hit.primaryPhone) {
    const own = readPhone(hit.primaryPhone);
    if (own && phonesMeant(query).some(({ key }) => key === own.key)) return { by: 'phone', rank: 0 };
    if (isPartOf(query, hit.primaryPhone)) return { by: 'phone', rank: 4 };
  }
  if (name) {
    // A username that was searched for is answered as the name (contract §10, 21).
    if (name === wanted) return { by: user ? 'handle' : 'name', rank: 0 };
    if (name.startsWith(wanted)) return { by: 'name', rank: 1 };
    const inName = wanted.split(' ');
    const names = [` ${name}`, ` ${name.replaceAll("'", '')}`];
    if (inName.every((word) => names.some((one) => one.includes(word)))) {
      const starts = inName.every((word) => names.some((one) => one.includes(` ${word}`)));
      return { by: 'name', rank: starts ? 2 : 3 };
    }
  }
  if (email && email.includes(wanted))
    return { by: 'email', rank: email.startsWith(`${wanted}@`) || email === wanted ? 1 : 4 };
  if (hit.primaryPhone && !number && fold(hit.primaryPhone).includes(wanted)) return { by: 'phone', rank: 4 };
  return null;
}

/** Whether typed digits are part of a phone, its ninth digit written or not in either of them. */
function isPartOf(query: string, phone: string): boolean {
  const own = readPhone(phone);
  const digits = digitsOf(query);
  const ways = [phone, own?.key ?? '', own?.written ?? '', withoutNinth(own?.key ?? '')].map(digitsOf);
  const local = /^9[6-9]\d{7}$/.test(digits) && own?.country === 'BR' ? digits.slice(1) : digits;
  return ways.some((way) => way.includes(digits) || (local !== digits && way.endsWith(local)));
}

function withoutNinth(key: string): string {
  return key.replace(/^(\+55\d\d)9(?=[6-9]\d{7}$)/, '$1');
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
