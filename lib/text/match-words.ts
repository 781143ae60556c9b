import { fold } from './fold.ts';

/** Words without meaning of their own: a search may contain them, the searched text need not. */
const STOP_WORDS = new Set(
  'a o as os e um uma de do da dos das em no na para por que quem qual the an of to in on for my and is who what which'.split(
    ' ',
  ),
);

/**
 * How well a text matches a search, 0 best; null for no match. Words match in any order, without accents, by their beginning, and
 * in the singular where the search has the plural. `also` are hidden phrases that mean the same.
 */
export function matchWords(query: string, text: string, also: readonly string[] = []): number | null {
  const typed = tokens(query);
  const words = meaningful(typed);
  if (words.length === 0) return null;
  const shown = tokens(text);
  const phrases = also.map(tokens);
  const best = Math.min(fit(typed, words, shown), ...phrases.map((phrase) => fit(typed, words, phrase) + 0.5));
  if (best < Infinity) return best;
  const all = meaningful([...shown, ...phrases.flat()]);
  if (words.every((word) => begins(word, all))) return 3;
  return words.every((word) => word.length >= 3 && all.some((token) => token.includes(word))) ? 4 : null;
}

function fit(typed: readonly string[], words: readonly string[], text: readonly string[]): number {
  const [start, line] = [typed.join(' '), text.join(' ')];
  if (line === start) return 0;
  if (line.startsWith(start)) return 1;
  return words.every((word) => begins(word, meaningful(text))) ? 2 : Infinity;
}

/** The words that are no stop words, or all if every word is one. */
function meaningful(words: readonly string[]): readonly string[] {
  const some = words.filter((word) => !STOP_WORDS.has(word));
  return some.length > 0 ? some : words;
}

function tokens(text: string): string[] {
  return fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

function begins(word: string, all: readonly string[]): boolean {
  return all.some((token) => token.startsWith(word) || (token.length >= 3 && word === `${token}s`));
}
