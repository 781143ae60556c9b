import 'server-only';
import { words, fold } from '#lib/text/fold.ts';
import { digitsOf, phonesMeant, type Phone } from '#lib/text/phone.ts';
import { isNumber, numberIn } from './pasted.ts';

/**
 * One search to send to Omni. `keep`: its hits stay even when nothing we are shown explains them, because Omni also searches
 * handles and places in chats (contract §3).
 */
export type Pattern = { text: string; keep: boolean };

/** `complete`: every letter that may carry an accent is open in one of the patterns. */
export type Patterns = { patterns: Pattern[]; complete: boolean };

const WANTED_LITERALS = 4;
const LONGEST_NUMBER = 15;

/**
 * At most three searches that together find what the person means (contract §3: `%` and `_` are live and cannot be
 * escaped, accents matter, phones are compared as text):
 * the text as typed; its words with letters open that may carry an accent; and either a phone's digits in any format, the other letters
 * of the word open, or the words in the other order.
 */
export function searchPatterns(query: string): Patterns {
  const typed = numberIn(query)
    .normalize('NFC')
    .replaceAll('\u0000', '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/^@(?=.)/, '');
  if (!typed) return { patterns: [], complete: true };
  const wild = /[%_]/.test(typed);
  const first = { text: typed, keep: !wild || literalsOf(typed) >= WANTED_LITERALS };
  if (isNumber(typed)) return { patterns: unlike([first, ...numberPatterns(typed)]), complete: true };
  const inOrder = words(plainQuery(typed))
    .flatMap((word) => word.replaceAll(/[%_]/g, ' ').trim().split('-'))
    .filter(Boolean);
  const { texts, complete } = inOrder.length === 1 ? ofOneWord(inOrder[0] ?? '') : ofWords(inOrder);
  return { patterns: unlike([first, ...texts.map((text) => ({ text, keep: false }))]), complete };
}

function unlike(patterns: Pattern[]): Pattern[] {
  const seen = new Set<string>();
  return patterns.filter(({ text }) => !seen.has(text.toLowerCase()) && seen.add(text.toLowerCase())).slice(0, 3);
}

/**
 * What finds a number however it is stored: a field may be formatted, a handle is bare digits. A whole number as the groups it is
 * written in at home, of Brazil's mobiles without the ninth digit (so that both spellings match); what may be the beginning of a
 * number by the groups it was typed in; fewer than eight digits as they are.
 */
function numberPatterns(typed: string): Pattern[] {
  const digits = digitsOf(typed);
  if (digits.length < 4 || digits.length > LONGEST_NUMBER) return [];
  if (digits.length < 8) return digits === typed ? [] : [{ text: digits, keep: true }];
  const typedGroups = { text: typed.split(/\D+/).filter(Boolean).join('%'), keep: true };
  const ways = phonesMeant(typed);
  const landline = ways.map(({ key }) => /^\+55(\d\d)([2-5]\d{3})(\d{4})$/.exec(key)?.slice(1)).find(Boolean);
  // A 9 fits between the groups: a mobile ends like the landline, so a handle must have its bare digits.
  if (landline)
    return [
      { text: landline.join('%'), keep: false },
      { text: landline.join(''), keep: true },
    ];
  const texts = [...new Set(ways.map(groupsOf))].map((text) => ({ text, keep: true }));
  return texts.length > 0 ? [...texts, typedGroups] : [{ text: partGroups(digits), keep: true }, typedGroups];
}

/** The digits of a number that every spelling of it has, by the groups it is written in: `11%8765%4321`. */
function groupsOf({ key, number }: Phone): string {
  const mobile = /^\+55(\d\d)9([6-9]\d{3})(\d{4})$/.exec(key) ?? /^\+549(\d\d)(\d{4})(\d{4})$/.exec(key);
  if (mobile) return mobile.slice(1).join('%');
  const national = key.slice(`+${number.countryCallingCode}`.length);
  // Four digits at the end, as most countries write them, and nothing between the rest.
  const groups = number.formatInternational().split(/\D+/).filter(Boolean).slice(1);
  return groups.join('') === national ? groups.join('%') : `${national.slice(0, -4)}%${national.slice(-4)}`;
}

/** Digits that are no whole number: without its area code, or the ninth digit that another spelling may lack. */
function partGroups(digits: string): string {
  const local = /^9[6-9]\d{7}$/.test(digits) ? digits.slice(1) : digits;
  return [local.slice(0, -8), local.slice(-8, -4), local.slice(-4)].filter(Boolean).join('%');
}

function literalsOf(text: string): number {
  return text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}

/** A letter of a word, and how likely it stands for one with an accent; 0 where it never does. */
type Letter = { text: string; rank: number; plain: boolean };

/** One word: the likeliest letters open in one pattern, the others in the second. */
function ofOneWord(word: string): { texts: string[]; complete: boolean } {
  const letters = lettersOf(word);
  const half = letters.length <= 2 ? 1 : Math.min(3, letters.length - 2, Math.ceil(letters.length / 2));
  const open = likeliest(letters, half);
  const left = new Set(letters.filter((letter) => letter.rank > 0 && !open.has(letter)));
  const others = likeliest(letters, Math.min(2, half), left);
  return {
    texts: [written(letters, open), loosely(letters, others)].filter((text) => literalsOf(text) > 0),
    // Of a short word two accents are likely, and no pattern has all its letters open; ß, æ, œ and þ are two.
    complete:
      left.size === 0 || (letters.length > 3 && !isPair(letters, 0) && [...left].every((one) => others.has(one))),
  };
}

/** Several words: in their order, and in the other one; of more than two words, the longest one alone. */
function ofWords(inOrder: string[]): { texts: string[]; complete: boolean } {
  if (inOrder.length === 0) return { texts: [], complete: true };
  const all = inOrder.map(lettersOf);
  const open = likeliest(all.flat(), Math.min(WANTED_LITERALS, Math.max(2, all.flat().length - 5)));
  const join = (list: Letter[][]) => list.map((letters) => written(letters, open)).join('%');
  const longest = all.toSorted((a, b) => b.length - a.length)[0] ?? [];
  const turned =
    all.length === 2 ? join(all.toReversed()) : written(longest, likeliest(longest, Math.min(4, longest.length)));
  return {
    texts: [join(all), turned],
    complete: all.flat().every((letter) => letter.rank === 0 || open.has(letter)),
  };
}

/** From this rank on a letter has an accent in languages of western Europe; below, in others only. Which is more likely in one word. */
const COMMON = 3;

function lettersOf(word: string): Letter[] {
  const starts = [...word.matchAll(/[\p{L}\p{M}]+/gu)].map(({ index, 0: part }) => ({ index, part }));
  let index = 0;
  return [...word].map((text) => {
    const start = starts.find((one) => index >= one.index && index < one.index + one.part.length);
    const rank = start ? likelihood(start.part, index - start.index) : 0;
    index += text.length;
    return { text, rank, plain: /[\p{L}\p{N}]/u.test(text) };
  });
}

/**
 * The letters to open while `fewest` stay, the likeliest first. After another pattern those that it `left`: the common ones, the first
 * letter (which is often accented together with another one), the rest.
 */
function likeliest(letters: Letter[], fewest: number, left: ReadonlySet<Letter> = new Set()): Set<Letter> {
  const budget = letters.filter(({ plain }) => plain).length - fewest;
  const first = (letter: Letter) => {
    if (left.size === 0) return 0;
    if (left.has(letter) && letter.rank >= COMMON) return 3;
    return letter === letters[0] ? 2 : Number(left.has(letter));
  };
  return new Set(
    letters
      .toReversed()
      .filter(({ rank }) => rank > 0)
      .toSorted((a, b) => first(b) - first(a) || b.rank - a.rank)
      .slice(0, Math.max(0, budget)),
  );
}

/**
 * The letters as a pattern: open ones as `_`, since an accent counts to Omni; quotes too, since there are many, and where one may be left
 * out (`davila` is D'Ávila).
 */
function written(letters: Letter[], open: ReadonlySet<Letter>): string {
  const text = letters.map((letter) => (isOpen(letter, open) ? '_' : letter.text)).join('');
  return text.replace(/^([do])(?=[_aeiou])/, '$1%');
}

/**
 * The letters that are not open with anything between them, where enough are left: finds accents that are characters of their own, pairs
 * that stand for one letter (`ss` for ß) and characters that can't be seen.
 */
function loosely(letters: Letter[], open: ReadonlySet<Letter>): string {
  const single = letters.filter((letter, at) => !isOpen(letter, open) && !isPair(letters, at));
  if (single.length >= WANTED_LITERALS) return single.map(({ text }) => text).join('%');
  const sharp = letters.filter((letter, at) => letter.text === 's' && isPair(letters, at));
  return written(letters, new Set([...open].filter((letter) => !sharp.includes(letter)))).replaceAll('ss', '%');
}

function isOpen(letter: Letter, open: ReadonlySet<Letter>): boolean {
  return open.has(letter) || letter.text === "'" || letter.text === '"';
}

/** Whether a letter is part of a pair that may stand for one letter: ß, æ, œ, þ. */
function isPair(letters: Letter[], at: number): boolean {
  const [before = '', own = '', after = ''] = [-1, 0, 1].map((by) => letters[at + by]?.text ?? '');
  return [before + own, own + after].some((pair) => ['ss', 'ae', 'oe', 'th'].includes(pair));
}

/** How likely the letter at `at` carries an accent, or is another letter typed without it. */
function likelihood(word: string, at: number): number {
  const rest = word.slice(at);
  const before = word[at - 1] ?? '';
  if (/^[αεηιουωеи]/.test(rest)) return 4;
  if (/^a[oe]s?$/.test(rest) || /^oes$/.test(rest)) return 9;
  if (/^c[aou]/.test(rest)) return 8;
  if (/^[aeiou][^aeiou]+i[aou]s?$/.test(rest)) return 8;
  if (/^[eo]$/.test(rest) && /[^aeiou]$/.test(before)) return 7;
  if (/^[aeo]s$/.test(rest)) return 6;
  if (at === 0 && /^[aeiou]/.test(rest)) return 6;
  if (rest === 'ta') return 5;
  if (rest.startsWith('u') || (rest.startsWith('i') && /[aeou]/.test(before))) return 5;
  if (/^[aeio]/.test(rest)) return 4;
  if (/^n[aeiou]/.test(rest) && /[aeiou]/.test(before)) return 3;
  if (rest.startsWith('y')) return 2;
  return /^[cdghlnrstz]/.test(rest) ? 1 : 0;
}

/** A query or a name without what only decorates it: accents, capitals, the comma of `Silva, João`, the dot of `J. Silva` and `Dr. Paulo`. */
export function plainQuery(query: string): string {
  return fold(query.normalize('NFC').replaceAll(/[,;]/g, ' ')).replaceAll(/(?<!\S)(\p{L}{1,3})\.(?!\S)/gu, '$1');
}
