import { fold, words } from '#lib/text/fold.ts';
import { brazilianCore, digitsOf } from './phone-digits.ts';

/** One search to send to Omni. `exact` hits may be kept unexplained (Omni also searches handles we cannot see). */
export type Pattern = { text: string; exact: boolean };

const ACCENTABLE = /[aeiouycnsz]/;
const FEWEST_LITERALS = 3;
const WANTED_LITERALS = 4;

/**
 * At most three searches that together find what the person means (contract §3: `%` and `_` are live and cannot be
 * escaped, accents matter, phones are compared as text):
 * the text as typed; its words with accent-able letters open; and either a phone's digits in any format, or the words in
 * the other order.
 */
export function searchPatterns(query: string): Pattern[] {
  const typed = query.normalize('NFC').replaceAll('\u0000', '').replaceAll(/\s+/g, ' ').trim();
  if (!typed) return [];
  const patterns: Pattern[] = [{ text: typed, exact: !/[%_]/.test(typed) }];
  const phone = phonePattern(typed);
  const inOrder = words(typed)
    .map((word) => word.replaceAll(/[%_]/g, ' ').trim())
    .filter(Boolean);
  if (phone) patterns.push({ text: phone, exact: false });
  else {
    const open = openPattern(inOrder);
    if (open) patterns.push({ text: open, exact: false });
    const turned =
      inOrder.length === 2
        ? openPattern([...inOrder].reverse())
        : inOrder.length > 2
          ? openPattern([longest(inOrder)])
          : null;
    if (turned) patterns.push({ text: turned, exact: false });
  }
  const seen = new Set<string>();
  return patterns.filter(({ text }) => !seen.has(text.toLowerCase()) && seen.add(text.toLowerCase())).slice(0, 3);
}

/** `DD%XXXX%XXXX` from eight digits on, when the text is a number and nothing else; fewer digits: the bare digits. */
function phonePattern(typed: string): string | null {
  if (/[^\d\s()+./-]/.test(typed)) return null;
  const digits = digitsOf(typed);
  if (digits.length < 8) return digits.length >= 4 && digits !== typed ? digits : null;
  const core = brazilianCore(typed);
  if (!core) return digits.length > 8 ? `${digits.slice(0, -8)}%${digits.slice(-8, -4)}%${digits.slice(-4)}` : null;
  return `${core.area ? `${core.area}%` : ''}${core.last8.slice(0, 4)}%${core.last8.slice(4)}`;
}

/** Words joined by `%`, their accent-able letters as `_`, the likeliest first, while enough literal letters remain. */
function openPattern(inOrder: string[]): string | null {
  const letters = inOrder.map((word) => [...word]);
  const total = letters.flat().filter((letter) => /[\p{L}\p{N}]/u.test(letter)).length;
  const keep = Math.max(FEWEST_LITERALS, Math.min(WANTED_LITERALS, total - 1));
  let budget = total - keep;
  const candidates = letters
    .flatMap((word, w) =>
      word.map((letter, l) => ({ w, l, rank: ACCENTABLE.test(letter) ? likelihood(inOrder[w] ?? '', l) : 0 })),
    )
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank);
  for (const { w, l } of candidates) {
    if (budget <= 0) break;
    const word = letters[w];
    if (word) word[l] = '_';
    budget -= 1;
  }
  const text = letters.map((word) => word.join('').replaceAll("'", '_')).join('%');
  return (text.match(/[\p{L}\p{N}]/gu)?.length ?? 0) < FEWEST_LITERALS ? null : text;
}

/** How likely the letter at `at` carries an accent in a Portuguese, Spanish or German name. */
function likelihood(word: string, at: number): number {
  const rest = word.slice(at);
  if (/^a[oe]s?$/.test(rest) || /^oes$/.test(rest)) return 9;
  if (/^c[aou]/.test(rest)) return 8;
  if (/^[aeiou][^aeiou]+i[aou]s?$/.test(rest)) return 8;
  if (/^[aeiou]$/.test(rest) && /[^aeiou][aeiou]$/.test(word) && /^[eo]$/.test(rest)) return 7;
  if (/^[aeo]s$/.test(rest)) return 6;
  if (at === 0 && /^[aeiou]/.test(rest)) return 6;
  if (rest.startsWith('u') || (rest.startsWith('i') && /[aeou]/.test(word[at - 1] ?? ''))) return 5;
  if (/^[aeio]/.test(rest)) return 4;
  if (/^n[aeiou]/.test(rest) && /[aeiou]/.test(word[at - 1] ?? '')) return 3;
  return 1;
}

function longest(all: string[]): string {
  return all.reduce((best, word) => (word.length > best.length ? word : best), '');
}

/** Used by the ranking too: the query without what only decorates it. */
export function plainQuery(query: string): string {
  return fold(query.normalize('NFC'));
}
