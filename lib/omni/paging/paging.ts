import { z } from 'zod';

/** Omni answers at most this many people or calls of a key at once (contract §1.6). */
const OMNI_MOST = 100;

/**
 * Where a page of a list ordered by time starts: the millisecond of the last row shown, and the ids (first eight characters) of all
 * rows of that millisecond already shown. Omni's own cursor has milliseconds where the column has microseconds and skips
 * the rest of that millisecond (contract §1.6); asking one millisecond later and dropping what was shown skips nobody.
 */
export type Position = { at: string; shown: readonly string[] };

export type Paged = { id: string; createdAt: string };

const written = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z(~[0-9a-f]{8}){1,100}$/);

/** `2026-11-17T21:21:41.072Z~9b05156b~…`, as it stands in the address. */
export function writePosition(position: Position): string {
  return [position.at, ...position.shown].join('~');
}

/** Reads a position from the address; anything else is null (the first page). */
export function readPosition(text: string | undefined): Position | null {
  const parsed = written.safeParse(text);
  if (!parsed.success) return null;
  const [at = '', ...shown] = parsed.data.split('~');
  return Number.isNaN(Date.parse(at)) ? null : { at, shown };
}

/** What to ask Omni for a page of `size` rows from `position`: the overlap needs room for the rows already shown. */
export function pageQuery(position: Position | null, size: number): { limit: number; cursor?: string } {
  if (!position) return { limit: Math.min(size, OMNI_MOST) };
  return {
    limit: Math.min(size + position.shown.length, OMNI_MOST),
    cursor: new Date(Date.parse(position.at) + 1).toISOString(),
  };
}

/**
 * The rows to show out of Omni's answer, where the next page starts, and whether rows may have been lost: `unsure` when a
 * whole answer of 100 lay within one millisecond, which no cursor can step through.
 */
export function cutPage<R extends Paged>(
  answer: readonly R[],
  hasMore: boolean,
  position: Position | null,
  size: number,
): { rows: R[]; next: Position | null; unsure: boolean } {
  const shown = new Set(position?.shown);
  const fresh = answer.filter((row) => row.createdAt !== position?.at || !shown.has(row.id.slice(0, 8)));
  const rows = fresh.slice(0, size);
  const last = rows.at(-1);
  const more = hasMore || fresh.length > size;
  if (!last) {
    const stuck = more && position;
    return { rows, next: stuck ? { at: earlier(position.at), shown: ['00000000'] } : null, unsure: Boolean(stuck) };
  }
  const together = rows.filter((row) => row.createdAt === last.createdAt).map((row) => row.id.slice(0, 8));
  const before = position && position.at === last.createdAt ? position.shown : [];
  const all = [...before, ...together];
  const crowded = all.length >= OMNI_MOST;
  const next = more
    ? crowded
      ? { at: earlier(last.createdAt), shown: ['00000000'] }
      : { at: last.createdAt, shown: all }
    : null;
  return { rows, next, unsure: more && crowded };
}

/** The instant that makes Omni continue strictly before `at`. */
function earlier(at: string): string {
  return new Date(Date.parse(at) - 1).toISOString();
}
