import { fold, words } from '#lib/text/fold.ts';
import { brazilianCore, digitsOf } from './phone-digits.ts';

/**
 * One search to send to Omni. `keep`: its hits stay even when nothing we are shown explains them, because Omni also searches
 * handles and places in chats (contract §3).
 */
export type Pattern = { text: string; keep: boolean };

const ACCENTABLE = /[aeiouycnsz]/;
const FEWEST_LITERALS = 3;
const WANTED_LITERALS = 4;
const LONGEST_NUMBER = 15;

/**
 * At most three searches that together find what the person means (contract §3: `%` and `_` are live and cannot be
 * escaped, accents matter, phones are compared as text):
 * the text as typed; its words with accent-able letters open; and either a phone's digits in any format, or the words in
 * the other order.
 */
export function searchPatterns(query: string): Pattern[] {
  const typed = query.normalize('NFC').replaceAll('\u0000', '').replaceAll(/\s+/g, ' ').trim();
  if (!typed) return [];
  const wild = /[%_]/.test(typed);
  const patterns: Pattern[] = [{ text: typed, keep: !wild || literalsOf(typed) >= WANTED_LITERALS }];
  const inOrder = words(plainQuery(typed))
    .map((word) => word.replaceAll(/[%_]/g, ' ').trim())
    .filter(Boolean);
  if (isNumber(typed)) patterns.push(...numberPatterns(typed));
  else {
    const open = openPattern(inOrder);
    if (open) patterns.push({ text: open, keep: false });
    const turned =
      inOrder.length === 2
        ? openPattern([...inOrder].reverse())
        : inOrder.length > 2
          ? openPattern([longest(inOrder)])
          : null;
    if (turned) patterns.push({ text: turned, keep: false });
  }
  const seen = new Set<string>();
  return patterns.filter(({ text }) => !seen.has(text.toLowerCase()) && seen.add(text.toLowerCase())).slice(0, 3);
}

/** Whether a text is written as a number and nothing else. */
export function isNumber(text: string): boolean {
  return /\d/.test(text) && !/[^\d\s()+./-]/.test(text);
}

/**
 * What finds a number however it is stored: a field may be formatted, a handle is bare digits. A whole Brazilian mobile as
 * `DD%XXXX%XXXX`, with and without its ninth digit; a landline never with a 9 before it, so a handle must have its bare
 * digits; what may be the beginning of a number by the groups it was typed in; fewer than eight digits as they are.
 */
function numberPatterns(typed: string): Pattern[] {
  const digits = digitsOf(typed);
  if (digits.length < 4 || digits.length > LONGEST_NUMBER) return [];
  if (digits.length < 8) return digits === typed ? [] : [{ text: digits, keep: true }];
  const groups = { text: typed.split(/\D+/).filter(Boolean).join('%'), keep: true };
  const core = brazilianCore(typed);
  if (!core)
    return [{ text: `${digits.slice(0, -8)}%${digits.slice(-8, -4)}%${digits.slice(-4)}`, keep: true }, groups];
  const area = core.area ?? '';
  const ownNinth = core.ninth === 'written' && /^[2-5]/.test(core.last8) ? '9' : '';
  const text = [area, ownNinth + core.last8.slice(0, 4), core.last8.slice(4)].filter(Boolean).join('%');
  if (core.ninth === 'written') return [{ text, keep: true }];
  if (core.ninth === 'absent') return [{ text, keep: true }, groups];
  return [
    { text, keep: false },
    { text: area + core.last8, keep: true },
  ];
}

function literalsOf(text: string): number {
  return text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
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
  return literalsOf(text) < FEWEST_LITERALS ? null : text;
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

/** A query or a name without what only decorates it: accents, capitals, the comma of `Silva, João`. */
export function plainQuery(query: string): string {
  return fold(query.normalize('NFC').replaceAll(/[,;]/g, ' '));
}
