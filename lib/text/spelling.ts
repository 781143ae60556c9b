import { fold } from './fold.ts';
import { visibleName } from './visible.ts';

/**
 * Which of two spellings of one name is better: positive for the first, negative for the second, 0 where neither is. More accents first,
 * then a capital at the beginning of words instead of capitals throughout, then no spaces or characters too many.
 */
export function betterSpelling(a: string, b: string): number {
  const [one, other] = [worthOf(a), worthOf(b)];
  return one.map((value, index) => value - (other[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
}

function worthOf(name: string): number[] {
  // Wide and drawn letters are no accents.
  const seen = (visibleName(name) ?? '').normalize('NFKC');
  const marked = [...seen.toLowerCase()].filter((letter) => fold(letter) !== letter && letter !== ' ');
  const written = seen.match(/\p{Lu}\p{M}*\p{Ll}/gu) ?? [];
  return [marked.length, written.length, Number(seen === name.normalize('NFC'))];
}

/** A text in three parts: what another one begins with too, what differs, what both end with. Words and numbers are never cut. */
export type Differing = { before: string; differs: string; after: string };

/** Where two texts differ, for each of them. */
export function differing(a: string, b: string): [Differing, Differing] {
  const [one, other] = [partsOf(a), partsOf(b)];
  const least = Math.min(one.length, other.length);
  let from = 0;
  while (from < least && one[from] === other[from]) from += 1;
  let to = 0;
  while (to < least - from && one.at(-1 - to) === other.at(-1 - to)) to += 1;
  return [split(one, from, to), split(other, from, to)];
}

function partsOf(text: string): string[] {
  return text.match(/[\p{L}\p{M}\p{N}]+|./gsu) ?? [];
}

function split(parts: readonly string[], from: number, to: number): Differing {
  const end = parts.length - to;
  const text = (start: number, stop: number) => parts.slice(start, stop).join('');
  return { before: text(0, from), differs: text(from, end), after: text(end, parts.length) };
}
