/** The server's time. It runs with the machine's clock, shifted by whatever a test asked for. */
export type Clock = {
  /** Milliseconds since 1970. */
  now(): number;
  /** Microseconds since 1970, never the same twice: what `now()` writes in a column. */
  micros(): number;
  /** Shifts the clock by so many milliseconds (backwards too). */
  move(milliseconds: number): void;
  /** Sets the clock to a moment in milliseconds; it runs on from there. */
  set(moment: number): void;
  offset(): number;
};

export function createClock(start?: number): Clock {
  let offset = 0;
  let last = 0;
  const machine = () => performance.timeOrigin + performance.now();
  const clock: Clock = {
    now: () => Math.floor(machine() + offset),
    micros: () => {
      const next = Math.floor((machine() + offset) * 1000);
      last = next > last || last - next > 1_000_000 ? next : last + 1;
      return last;
    },
    move: (milliseconds) => {
      offset += milliseconds;
    },
    set: (moment) => {
      offset = moment - machine();
    },
    offset: () => Math.round(offset),
  };
  if (start !== undefined) clock.set(start);
  return clock;
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** ISO 8601 in milliseconds, as every answer but the search carries it (contract §1.8). */
export function toIso(micros: number): string {
  return new Date(Math.floor(micros / 1000)).toISOString();
}

/** PostgreSQL's own text, trailing zeros trimmed, as the search answers it: `2026-06-26 00:00:00.000123+00` (behaviour B9). */
export function toPostgresText(micros: number): string {
  const seconds = new Date(Math.floor(micros / 1000)).toISOString().slice(0, 19).replace('T', ' ');
  const fraction = String(micros % 1_000_000)
    .padStart(6, '0')
    .replace(/0+$/, '');
  return fraction === '' ? `${seconds}+00` : `${seconds}.${fraction}+00`;
}
