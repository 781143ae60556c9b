import { canonical } from '#lib/operations/plan/canonical.ts';
import type { Json } from '#lib/operations/plan/define.ts';

type Fields = { [field: string]: Json };

/** A field that somebody else changed to something else; of metadata, the key. */
export type Clash = { field: string; key?: string; now: Json };

/**
 * A change that was typed over `expects`, for a person who has `now`. A field that nobody touched meanwhile is written as
 * typed. Metadata, which Omni replaces whole (contract §3), is joined key by key: what others added stays. Where both
 * changed the same thing, the first clash is told and nothing may be written. Pure.
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
    const joined = joinKeys(keysOf(is), keysOf(typed), keysOf(was));
    if ('key' in joined) return { patch, clash: { field, ...joined } };
    result[field] = Object.keys(joined.value).length > 0 ? joined.value : null;
  }
  return { patch: result, clash: null };
}

function joinKeys(now: Fields, typed: Fields, was: Fields): { value: Fields } | { key: string; now: Json } {
  const value = { ...now };
  for (const key of new Set([...Object.keys(was), ...Object.keys(typed)])) {
    if (same(typed[key], was[key])) continue;
    if (!same(now[key], was[key]) && !same(now[key], typed[key])) return { key, now: now[key] ?? null };
    if (typed[key] === undefined) delete value[key];
    else value[key] = typed[key];
  }
  return { value };
}

function same(a: Json | undefined, b: Json | undefined): boolean {
  return a === undefined || b === undefined ? a === b : canonical(a) === canonical(b);
}

function keysOf(value: Json): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
