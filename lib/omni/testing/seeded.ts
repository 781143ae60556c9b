/** Chance that is the same in every run (mulberry32): what a random world is made from. `seed`: any whole number. */
export function seeded(seed: number) {
  let state = seed;
  /** From 0 up to, not including, 1. */
  function next(): number {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
  const chance = (of: number) => next() < of;
  const pick = <T>(list: readonly T[]): T => {
    const one = list[Math.floor(next() * list.length)];
    if (one === undefined) throw new Error('nothing to pick from');
    return one;
  };
  return { next, chance, pick };
}
