import { toIso } from '../world/clock.ts';
import { number, type Shape } from './zod-shapes.ts';

/** `limit` of a list: coerced, whole, from 1 to `max`, else zod's refusal (behaviour B2, B3, B4). */
export function limitUpTo(max: number, usual: number): Shape<number> {
  const shape = number({ coerce: true, int: true, min: 1, max });
  return { parse: (value, path) => shape.parse(value === undefined ? usual : value, path) };
}

/**
 * One page by time: the cursor is the last row's moment cut to milliseconds while the column has microseconds and the
 * test is `<`, so that rows of one millisecond are skipped (contract §1.6, behaviour B7). A cursor comes with the last
 * page too and is absent on an empty one.
 */
export function pageByTime<T>(rows: T[], limit: number, momentOf: (row: T) => number | null) {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const moment = last === undefined ? null : momentOf(last);
  return {
    page,
    meta: { hasMore: rows.length > limit, ...(moment === null ? {} : { cursor: toIso(moment) }) },
  };
}
