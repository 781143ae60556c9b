import { dayAfter, localOf, offsetAt, startOfDay } from '#lib/i18n/local-time.ts';
import type { KeyCall } from '#lib/omni/schemas/keys.ts';
import { shownPath } from './audit-filter.ts';

const DAY = 86_400_000;
const WIDTHS = [
  60_000,
  5 * 60_000,
  15 * 60_000,
  3_600_000,
  3 * 3_600_000,
  6 * 3_600_000,
  DAY,
  7 * DAY,
  30 * DAY,
  90 * DAY,
];
const MOST_BARS = 60;

/** Requests in a span of time: those that succeeded, were refused (4xx) and failed (5xx). Times in milliseconds. */
export type Bar = { from: number; until: number; done: number; refused: number; failed: number };

export type PathCount = { path: string; count: number; refused: number };

export type Plot = { bars: Bar[]; width: number; highest: number; paths: PathCount[]; others: PathCount | null };

/** A path with its ids and version taken out, so that requests of one kind count together: `/persons/:id/presence`. */
export function pathKind(path: string): string {
  return shownPath(path)
    .replaceAll(/\/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?=\/|$)/gi, '/:id')
    .replaceAll(/\/\d+(?=\/|$)/g, '/:n');
}

/**
 * Requests counted over time, in at most sixty bars of a round width of at least `least`, and by path, the most frequent first. Days
 * are the reader's, also where their clocks change; shorter bars begin where hours do by the clocks at the newest request.
 */
export function plotOf(
  calls: readonly KeyCall[],
  timeZone: string,
  { mostPaths = 8, least = 0 }: { mostPaths?: number; least?: number } = {},
): Plot {
  const times = calls.map(({ timestamp }) => Date.parse(timestamp));
  const [oldest, newest] = [Math.min(...times), Math.max(...times)];
  const paths = byPath(calls);
  const rest = paths.slice(mostPaths);
  const others = rest.length > 0 ? rest.reduce(add, { path: '', count: 0, refused: 0 }) : null;
  const shown = paths.slice(0, mostPaths);
  if (calls.length === 0) return { bars: [], width: WIDTHS[0] ?? DAY, highest: 0, paths: shown, others };
  const wide = Math.ceil((newest - oldest) / 50 / DAY) * DAY;
  const width = WIDTHS.find((one) => one >= least && (newest - oldest) / one < MOST_BARS - 1) ?? wide;
  const edges =
    width < DAY ? evenEdges(oldest, newest, width, timeZone) : dayEdges(oldest, newest, width / DAY, timeZone);
  const bars = edges
    .slice(0, -1)
    .map((from, index): Bar => ({ from, until: edges[index + 1] ?? from + width, done: 0, refused: 0, failed: 0 }));
  for (const [index, { statusCode }] of calls.entries()) {
    const bar = bars.findLast(({ from }) => from <= (times[index] ?? 0));
    if (bar) bar[outcome(statusCode)] += 1;
  }
  return { bars, width, highest: Math.max(...bars.map(total)), paths: shown, others };
}

/** Edges a width apart, on the reader's clock at the newest request. */
function evenEdges(oldest: number, newest: number, width: number, timeZone: string): number[] {
  const ahead = offsetAt(newest, timeZone);
  const start = Math.floor((oldest + ahead) / width) * width - ahead;
  return Array.from({ length: Math.floor((newest - start) / width) + 2 }, (_, index) => start + index * width);
}

/** The beginnings of the reader's days, every so many. */
function dayEdges(oldest: number, newest: number, days: number, timeZone: string): number[] {
  let day = localOf(new Date(oldest).toISOString(), timeZone).slice(0, 10);
  const edges = [startOfDay(day, timeZone)];
  while ((edges.at(-1) ?? newest) <= newest) {
    for (let passed = 0; passed < days; passed += 1) day = dayAfter(day);
    edges.push(startOfDay(day, timeZone));
  }
  return edges;
}

/** The outcome of a request by its HTTP status. */
export function outcome(status: number): 'done' | 'refused' | 'failed' {
  if (status >= 500) return 'failed';
  return status >= 400 ? 'refused' : 'done';
}

/** All requests of a bar. */
export function total({ done, refused, failed }: Bar): number {
  return done + refused + failed;
}

/** The statuses of the requests that were refused or failed, and how many had each, the most first. */
export function errorsOf(calls: readonly Pick<KeyCall, 'statusCode'>[]): { status: number; count: number }[] {
  const counts = new Map<number, number>();
  for (const { statusCode } of calls)
    if (outcome(statusCode) !== 'done') counts.set(statusCode, (counts.get(statusCode) ?? 0) + 1);
  return [...counts]
    .map(([status, count]) => ({ status, count }))
    .toSorted((a, b) => b.count - a.count || a.status - b.status);
}

function byPath(calls: readonly KeyCall[]): PathCount[] {
  const counts = new Map<string, PathCount>();
  for (const { path, method, statusCode } of calls) {
    const kind = `${method} ${pathKind(path)}`;
    const one = counts.get(kind) ?? { path: kind, count: 0, refused: 0 };
    counts.set(kind, add(one, { path: kind, count: 1, refused: outcome(statusCode) === 'done' ? 0 : 1 }));
  }
  return [...counts.values()].toSorted((a, b) => b.count - a.count || (a.path < b.path ? -1 : 1));
}

function add(a: PathCount, b: PathCount): PathCount {
  return { path: a.path, count: a.count + b.count, refused: a.refused + b.refused };
}
