import { canonical } from '#lib/operations/plan/canonical.ts';
import type { Json } from '#lib/operations/plan/define.ts';
import { ownValue } from '#lib/omni/json.ts';

type Fields = { [field: string]: Json };

/** A field that somebody else has changed to another value; of metadata, the key, and no value where they removed it. */
export type Clash = { field: string; key?: string; now: Json | undefined };

/**
 * An edit that began from `expects`, for a person who has `now`. A field that nobody else changed is written as typed.
 * Metadata, which Omni replaces whole (contract §3), is combined key by key: what others added is kept. Where both changed the
 * same value, the first clash is returned and nothing may be written. Pure.
 */
export function rebase(now: Fields, patch: Fields, expects: Fields): { patch: Fields; clash: Clash | null } {
  const result: Fields = {};
  for (const [field, typed] of Object.entries(patch)) {
    const [was, is] = [expects[field], now[field] ?? null];
    if (was === undefined || same(was, is) || same(is, typed)) {
      result[field] = typed;
      continue;
    }
    if (field !== 'metadata') return { patch, clash: { field, now: is } };
    const combined = combineKeys(keysOf(is), keysOf(typed), keysOf(was));
    if ('key' in combined) return { patch, clash: { field, ...combined } };
    result[field] = Object.keys(combined.value).length > 0 ? combined.value : null;
  }
  return { patch: result, clash: null };
}

function combineKeys(
  now: Fields,
  typed: Fields,
  was: Fields,
): { value: Fields } | { key: string; now: Json | undefined } {
  const value = new Map(Object.entries(now));
  for (const key of new Set([...Object.keys(was), ...Object.keys(typed)])) {
    const [mine, before, theirs] = [ownValue(typed, key), ownValue(was, key), ownValue(now, key)];
    if (same(mine, before)) continue;
    if (!same(theirs, before) && !same(theirs, mine)) return { key, now: theirs };
    if (mine === undefined) value.delete(key);
    else value.set(key, mine);
  }
  return { value: Object.fromEntries(value) };
}

function same(a: Json | undefined, b: Json | undefined): boolean {
  return a === undefined || b === undefined ? a === b : canonical(a) === canonical(b);
}

function keysOf(value: Json): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
