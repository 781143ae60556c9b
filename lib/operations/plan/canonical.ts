import { asJson, type Json } from './define.ts';

/** JSON with sorted keys: equal values give equal text, whatever order they were built in. */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const parts = Object.keys(value)
      .sort()
      .flatMap((key) => (value[key] === undefined ? [] : [`${JSON.stringify(key)}:${canonical(value[key])}`]));
    return `{${parts.join(',')}}`;
  }
  return JSON.stringify(value);
}

/** Whether two values say the same, whatever the order of their keys; undefined is null. */
export function sameJson(one: unknown, other: unknown): boolean {
  return canonical(asJson(one)) === canonical(asJson(other));
}
