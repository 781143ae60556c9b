import { z } from 'zod';

type Json = z.core.util.JSONType;

/**
 * Any value of JSON, as it is. `z.json()` and `z.record` leave a key `__proto__` out, at any depth: what people keep under it would be
 * lost with the next write, since Omni replaces metadata whole (contract §3).
 */
export const jsonValue = z.custom<Json>(isJson);

/** An object of JSON, as it is. */
export const jsonObject = z.custom<{ [key: string]: Json }>((value) => isObject(value) && isJson(value));

/** What an object has itself under a name: `constructor` and its like are there in every object, and nobody put them there. */
export function ownValue<T>(of: { readonly [key: string]: T }, key: string): T | undefined {
  return Object.hasOwn(of, key) ? of[key] : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isJson(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  return typeof value === 'object' && Object.values(value).every(isJson);
}
