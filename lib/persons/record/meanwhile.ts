import { canonical } from '#lib/operations/plan/canonical.ts';
import type { Json } from '#lib/operations/plan/define.ts';

type Fields = { [field: string]: Json };

/** A field that somebody else has changed to another value; of metadata, the key. */
export type Clash = { field: string; key?: string; now: Json };

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

function combineKeys(now: Fields, typed: Fields, was: Fields): { value: Fields } | { key: string; now: Json } {
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
