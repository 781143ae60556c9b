import { fold } from './fold.ts';

/** Words that only join others: a search may hold them, what is searched need not. */
const JOINING = new Set(
  'a o as os e um uma de do da dos das em no na para por que quem qual the an of to in on for my and is who what which'.split(
    ' ',
  ),
);

/**
 * How well a text fits a search, 0 best, or null where it does not: words in any order, without accents, begun rather than
 * whole, in the singular where the search has the plural. `also` are phrases nobody sees that mean the same.
 */
export function matchWords(query: string, text: string, also: readonly string[] = []): number | null {
  const asked = tokens(query);
  const words = telling(asked);
  if (words.length === 0) return null;
  const shown = tokens(text);
  const phrases = also.map(tokens);
  const best = Math.min(fit(asked, words, shown), ...phrases.map((phrase) => fit(asked, words, phrase) + 0.5));
  if (best < Infinity) return best;
  const all = telling([...shown, ...phrases.flat()]);
  if (words.every((word) => begins(word, all))) return 3;
  return words.every((word) => word.length >= 3 && all.some((token) => token.includes(word))) ? 4 : null;
}

function fit(asked: readonly string[], words: readonly string[], seen: readonly string[]): number {
  const [start, line] = [asked.join(' '), seen.join(' ')];
  if (line === start) return 0;
  if (line.startsWith(start)) return 1;
  return words.every((word) => begins(word, telling(seen))) ? 2 : Infinity;
}

/** The words that say something, unless none does. */
function telling(words: readonly string[]): readonly string[] {
  const some = words.filter((word) => !JOINING.has(word));
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
