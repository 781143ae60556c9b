import { fold } from '#lib/text/fold.ts';
import { DAY_MS } from './status.ts';
import type { KeyRow } from './row.ts';

export const SHOWN = ['live', 'expires_soon', 'expired', 'revoked', 'all'] as const;
export const USES = ['any', 'recent', 'quiet', 'never', 'unknown'] as const;
export const SORTS = ['created', 'name', 'used', 'expires'] as const;

export type Shown = (typeof SHOWN)[number];
export type Sort = (typeof SORTS)[number];
export type ListQuery = {
  q: string;
  show: Shown;
  use: (typeof USES)[number];
  sort: Sort;
  down: boolean;
};

/** Whether a row stands under a heading: *live* is everything that works, or might. */
function standsUnder(row: KeyRow, show: Shown): boolean {
  if (show === 'all') return true;
  if (show === 'live') return row.status !== 'expired' && row.status !== 'revoked';
  return row.status === show;
}

function used({ lastUse }: KeyRow, use: ListQuery['use']): boolean {
  if (use === 'any') return true;
  if (lastUse.is !== 'used') return lastUse.is === use;
  return lastUse.quiet === (use === 'quiet') && (use === 'quiet' || use === 'recent');
}

function says(row: KeyRow, words: readonly string[]): boolean {
  const text = fold(
    [row.name, row.description, row.createdBy, row.prefix, row.id, row.profile, ...row.scopes].join(' '),
  );
  return words.every((word) => text.includes(word));
}

const last = (row: KeyRow) =>
  row.lastUse.is === 'used' ? Date.parse(row.lastUse.at) : row.lastUse.is === 'never' ? 0 : 1;

const ORDER: Record<Sort, (a: KeyRow, b: KeyRow) => number> = {
  created: (a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt),
  name: (a, b) => (fold(a.name) < fold(b.name) ? -1 : fold(a.name) > fold(b.name) ? 1 : 0),
  used: (a, b) => last(a) - last(b),
  expires: (a, b) => endOf(a) - endOf(b),
};

/** Never is later than any day. */
const endOf = ({ expiresAt }: KeyRow) => (expiresAt === null ? 8.64e15 : Date.parse(expiresAt));

/** The rows a list shows, in its order, all of them; equals stay by id, so that pages never repeat one. */
export function pick(rows: readonly KeyRow[], { q, show, use, sort, down }: ListQuery): KeyRow[] {
  const words = fold(q).split(' ').filter(Boolean);
  const wanted = rows.filter((row) => standsUnder(row, show) && used(row, use) && says(row, words));
  return wanted.sort((a, b) => (down ? -1 : 1) * ORDER[sort](a, b) || (a.id < b.id ? -1 : 1));
}

/** How many rows stand under each heading. */
export function counts(rows: readonly KeyRow[]): Record<Shown, number> {
  const count = (show: Shown) => rows.filter((row) => standsUnder(row, show)).length;
  return Object.fromEntries(SHOWN.map((show) => [show, count(show)])) as Record<Shown, number>;
}

/** Days until a time, rounded, at least 0; both in milliseconds or ISO. */
export function daysUntil(at: string, now: number): number {
  return Math.max(0, Math.round((Date.parse(at) - now) / DAY_MS));
}

/** One page of rows, and where it stands. A page beyond the end is the last one. */
export function pageOf(rows: readonly KeyRow[], page: number, size: number) {
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const at = Math.min(Math.max(1, page), pages);
  return { rows: rows.slice((at - 1) * size, at * size), page: at, pages, total: rows.length };
}
