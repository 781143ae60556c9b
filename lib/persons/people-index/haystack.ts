import 'server-only';
import { fold } from '#lib/text/fold.ts';
import { phoneWays, unquoted, type PlainPerson } from '#lib/persons/directory/search-rank.ts';

/** So many people stand in one text: as long as one of them changes, it alone is written again. */
const TOGETHER = 512;

/** `text` null: somebody in it has changed. `starts`: where each of `there` begins in it. */
type Block<P> = { people: (P | undefined)[]; text: string | null; starts: Uint32Array; there: P[] };

/**
 * Everything people are found by, in few long texts: to look through these for a word takes a tenth of comparing person by person. A place is
 * given with `add` and holds one person.
 */
export class Haystack<P extends PlainPerson> {
  #blocks: Block<P>[] = [];
  #free: number[] = [];
  #next = 0;

  /** Puts somebody at a place of their own, and answers which. */
  add(person: P): number {
    const place = this.#free.pop() ?? this.#next++;
    this.set(place, person);
    return place;
  }

  /** Replaces who stands at a place; undefined leaves it empty, for somebody else. */
  set(place: number, person: P | undefined): void {
    const at = Math.floor(place / TOGETHER);
    const block = (this.#blocks[at] ??= { people: [], text: null, starts: new Uint32Array(0), there: [] });
    block.people[place % TOGETHER] = person;
    block.text = null;
    if (person === undefined) this.#free.push(place);
  }

  clear(): void {
    [this.#blocks, this.#free, this.#next] = [[], [], 0];
  }

  /** Writes the texts of full blocks, so that a search finds them written. */
  write(): void {
    for (const block of this.#blocks) if (block.text === null && block.people.length === TOGETHER) write(block);
  }

  /** Whose texts hold one of these needles, once each. Needles have no line break in them. */
  *with(needles: readonly string[]): Generator<P> {
    for (const block of this.#blocks) {
      const text = block.text ?? write(block);
      let found: Set<P> | null = null;
      for (const needle of needles) {
        for (let at = text.indexOf(needle); at >= 0;) {
          const index = placeAt(block.starts, at);
          const person = block.there[index];
          if (person === undefined) break;
          if (needles.length === 1) yield person;
          else (found ??= new Set()).add(person);
          const next = block.starts[index + 1];
          at = next === undefined ? -1 : text.indexOf(needle, next);
        }
      }
      if (found) yield* found;
    }
  }
}

function write<P extends PlainPerson>(block: Block<P>): string {
  block.there = block.people.filter((person) => person !== undefined);
  block.starts = new Uint32Array(block.there.length);
  const lines = block.there.map(textOf);
  let at = 0;
  for (const [index, line] of lines.entries()) {
    block.starts[index] = at;
    at += line.length + 1;
  }
  block.text = lines.join('\n');
  return block.text;
}

/** Everything that `matcherOf` may find of a person, each once. */
function textOf(person: PlainPerson): string {
  const { name, email, phone } = person;
  const parts = new Set([name, unquoted(name), email, ...(phone ? [...phoneWays(person), fold(phone)] : [])]);
  parts.delete('');
  return [...parts].join('\t').replaceAll('\n', ' ');
}

/** Which of these starts is the last at or before a position. */
function placeAt(starts: Uint32Array, position: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}
