import { offsetAt } from '#lib/i18n/local-time.ts';
import { fold } from '#lib/text/fold.ts';
import { DAY_MS } from './status.ts';
import { allows } from '#lib/scopes/scopes.ts';
import type { KeyRisk, ListedKey } from './listed-key.ts';

export const KEY_FILTERS = ['live', 'expires_soon', 'expired', 'revoked', 'all'] as const;
export const USES = ['any', 'recent', 'quiet', 'never', 'unknown'] as const;
export const KEY_SORTS = ['created', 'name', 'used', 'expires'] as const;

export type KeyFilter = (typeof KEY_FILTERS)[number];
export type KeySort = (typeof KEY_SORTS)[number];
export type KeyListQuery = {
  q: string;
  show: KeyFilter;
  use: (typeof USES)[number];
  /** A resource of the scope table that it can read or write. */
  permission?: string;
  /** The id of an instance that it reaches. */
  instance?: string;
  risk?: KeyRisk | '';
  /** Who created it, as Omni reports it. */
  by?: string;
  sort: KeySort;
  down: boolean;
};

/** Whether a key stands under a heading: *live* is every key that works, or may work. */
function standsUnder(row: ListedKey, show: KeyFilter): boolean {
  if (show === 'all') return true;
  if (show === 'live') return row.status !== 'expired' && row.status !== 'revoked';
  return row.status === show;
}

function used({ lastUse }: ListedKey, use: KeyListQuery['use']): boolean {
  if (use === 'any') return true;
  if (lastUse.is !== 'used') return lastUse.is === use;
  return lastUse.quiet === (use === 'quiet') && (use === 'quiet' || use === 'recent');
}

function fits({ scopes, instances, risks, createdBy }: ListedKey, query: KeyListQuery): boolean {
  const { permission, instance, risk, by } = query;
  const holds = (verb: string) => allows(scopes, `${permission}:${verb}`) === 'yes';
  return (
    (!permission || holds('read') || holds('write')) &&
    (!instance || instances === null || instances.includes(instance)) &&
    (!risk || risks.includes(risk)) &&
    (!by || createdBy === by)
  );
}

function matches(row: ListedKey, words: readonly string[]): boolean {
  const text = fold(
    [row.name, row.description, row.createdBy, row.prefix, row.id, row.profile, ...row.scopes].join(' '),
  );
  return words.every((word) => text.includes(word));
}

const last = (row: ListedKey) =>
  row.lastUse.is === 'used' ? Date.parse(row.lastUse.at) : row.lastUse.is === 'never' ? 0 : 1;

const ORDER: Record<KeySort, (a: ListedKey, b: ListedKey) => number> = {
  created: (a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt),
  name: (a, b) => (fold(a.name) < fold(b.name) ? -1 : fold(a.name) > fold(b.name) ? 1 : 0),
  used: (a, b) => last(a) - last(b),
  expires: (a, b) => expiryOf(a) - expiryOf(b),
};

/** Never expiring sorts after any date. */
const expiryOf = ({ expiresAt }: ListedKey) => (expiresAt === null ? 8.64e15 : Date.parse(expiresAt));

/** The keys a list shows, all of them, in its order; equal ones by id, so that pages never repeat one. */
export function pick(rows: readonly ListedKey[], query: KeyListQuery): ListedKey[] {
  const { q, show, use, sort, down } = query;
  const words = fold(q).split(' ').filter(Boolean);
  const wanted = rows.filter(
    (row) => standsUnder(row, show) && used(row, use) && fits(row, query) && matches(row, words),
  );
  return wanted.sort((a, b) => (down ? -1 : 1) * ORDER[sort](a, b) || (a.id < b.id ? -1 : 1));
}

/** The keys that work and match a text, those that expire first before the others, then by name. */
export function toRotate(rows: readonly ListedKey[], q: string): ListedKey[] {
  const named = pick(rows, { q, show: 'live', use: 'any', sort: 'name', down: false });
  return named.toSorted(ORDER.expires);
}

/** How many keys stand under each heading. */
export function counts(rows: readonly ListedKey[]): Record<KeyFilter, number> {
  const count = (show: KeyFilter) => rows.filter((row) => standsUnder(row, show)).length;
  return Object.fromEntries(KEY_FILTERS.map((show) => [show, count(show)])) as Record<KeyFilter, number>;
}

/** Calendar days in a zone from `now` (milliseconds) until a time (ISO), at least 0: 0 is today, 1 tomorrow. */
export function daysUntil(at: string, now: number, timeZone: string): number {
  const day = (moment: number) => Math.floor((moment + offsetAt(moment, timeZone)) / DAY_MS);
  return Math.max(0, day(Date.parse(at)) - day(now));
}

/** One page of rows, and where it stands. A page beyond the end is the last one. */
export function pageOf(rows: readonly ListedKey[], page: number, size: number) {
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const at = Math.min(Math.max(1, page), pages);
  return { rows: rows.slice((at - 1) * size, at * size), page: at, pages, total: rows.length };
}
