import 'server-only';
import { idOfKey, KEY_BYTES } from './id-table.ts';

/** So many people stand in one block: as long as one of them changes, it alone is written again. */
const TOGETHER = 512;
/** From so many lines of a block on it is faster to read all of them at once, */
const MANY = 40;
/** and from so many on to look through each instead of asking where the next one is. */
const MOST = 200;

/** Makes of somebody's line what is wanted. */
type Make<T> = (line: string, place: number) => T;

/**
 * `lines`: one a place, '' where nobody stands; null once they are `bytes`, with a line break between them, each from its `starts` on.
 * `walks`: one more than the walk that last met them, 0 where nobody stands.
 */
type Block = {
  lines: string[] | null;
  bytes: Buffer;
  starts: Uint32Array;
  keys: Buffer;
  created: Float64Array;
  walks: Uint32Array;
};

/**
 * People as columns and their lines (`person-line.ts`) as few long texts: 120 bytes each, no object for any of them, and to look through the
 * texts for a word takes a tenth of comparing person by person. A place holds one person.
 */
export class PeopleColumns {
  #blocks: Block[] = [];
  #free: number[] = [];
  #next = 0;

  /** Places so far, empty ones included. */
  get places(): number {
    return this.#next;
  }

  /** A place of their own for somebody new, still empty. */
  take(key: Buffer, created: number): number {
    const place = this.#free.pop() ?? this.#next++;
    const at = place % TOGETHER;
    const block = (this.#blocks[Math.floor(place / TOGETHER)] ??= emptyBlock());
    key.copy(block.keys, at * KEY_BYTES);
    block.created[at] = created;
    return place;
  }

  /** Replaces the line at a place. */
  write(place: number, line: string): void {
    const block = this.#blockOf(place);
    (block.lines ??= linesOf(block))[place % TOGETHER] = line;
  }

  /** Leaves a place empty, for somebody else. */
  free(place: number): void {
    this.write(place, '');
    this.#blockOf(place).walks[place % TOGETHER] = 0;
    this.#free.push(place);
  }

  keyAt(place: number): { keys: Buffer; at: number } {
    return { keys: this.#blockOf(place).keys, at: (place % TOGETHER) * KEY_BYTES };
  }

  idAt(place: number): string {
    const { keys, at } = this.keyAt(place);
    return idOfKey(keys, at);
  }

  /** When they were added, in milliseconds since 1970. */
  createdAt(place: number): number {
    return this.#blockOf(place).created[place % TOGETHER] ?? Number.NaN;
  }

  /** The walk that last met who stands there; -1 where nobody stands. */
  walkAt(place: number): number {
    return (this.#blockOf(place).walks[place % TOGETHER] ?? 0) - 1;
  }

  meet(place: number, walk: number): void {
    const { walks } = this.#blockOf(place);
    walks[place % TOGETHER] = Math.max(walks[place % TOGETHER] ?? 0, walk + 1);
  }

  /** The places where somebody stands. */
  *taken(): Generator<number> {
    for (let place = 0; place < this.#next; place += 1) if (this.walkAt(place) >= 0) yield place;
  }

  lineAt(place: number): string {
    return lineIn(this.#blockOf(place), place % TOGETHER);
  }

  clear(): void {
    [this.#blocks, this.#free, this.#next] = [[], [], 0];
  }

  /** Writes the texts of full blocks, so that a search finds them written. */
  pack(): void {
    for (const block of this.#blocks) if (block.lines?.length === TOGETHER) pack(block);
  }

  /** Everybody. */
  *all<T>(make: Make<T>): Generator<T> {
    for (const [number, block] of this.#blocks.entries())
      for (const [at, line] of linesOf(block).entries()) if (line) yield make(line, number * TOGETHER + at);
  }

  /** Whose line holds one of these needles, once each. Needles have no line break in them. */
  *holding<T>(needles: readonly string[], make: Make<T>): Generator<T> {
    const wanted = needles.map((needle) => Buffer.from(needle));
    for (const [number, block] of this.#blocks.entries()) {
      if (block.lines) pack(block);
      const found = new Set<number>();
      if (wanted.every((needle) => findIn(block, needle, found))) {
        const lines = found.size > MANY ? linesOf(block) : null;
        for (const at of found) yield make(lines?.[at] ?? lineIn(block, at), number * TOGETHER + at);
        continue;
      }
      for (const [at, line] of linesOf(block).entries())
        if (needles.some((needle) => line.includes(needle))) yield make(line, number * TOGETHER + at);
    }
  }

  #blockOf(place: number): Block {
    const block = this.#blocks[Math.floor(place / TOGETHER)];
    if (!block) throw new Error('no such place');
    return block;
  }
}

function lineIn({ lines, bytes, starts }: Block, at: number): string {
  return lines ? (lines[at] ?? '') : bytes.toString('utf8', starts[at], (starts[at + 1] ?? 1) - 1);
}

function linesOf({ lines, bytes }: Block): string[] {
  return lines ?? bytes.toString('utf8').split('\n');
}

/** Adds which lines of a block hold a needle; false once they are most of them, and then not all of them are added. */
function findIn({ bytes, starts }: Block, needle: Buffer, found: Set<number>): boolean {
  for (let position = bytes.indexOf(needle); position >= 0;) {
    const at = placeAt(starts, position);
    found.add(at);
    if (found.size > MOST) return false;
    const next = starts[at + 1] ?? bytes.length;
    position = next < bytes.length ? bytes.indexOf(needle, next) : -1;
  }
  return true;
}

function emptyBlock(): Block {
  return {
    lines: [],
    bytes: Buffer.alloc(0),
    starts: new Uint32Array(0),
    keys: Buffer.alloc(TOGETHER * KEY_BYTES),
    created: new Float64Array(TOGETHER),
    walks: new Uint32Array(TOGETHER),
  };
}

function pack(block: Block): void {
  const lines = block.lines ?? [];
  block.bytes = Buffer.from(lines.join('\n'), 'utf8');
  block.starts = new Uint32Array(lines.length + 1);
  let at = 0;
  for (let line = 1; line < lines.length; line += 1) {
    at = block.bytes.indexOf(10, at) + 1;
    block.starts[line] = at;
  }
  block.starts[lines.length] = block.bytes.length + 1;
  block.lines = null;
}

/** Which of these starts is the last at or before a position. */
function placeAt(starts: Uint32Array, position: number): number {
  let [low, high] = [0, starts.length - 2];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}
