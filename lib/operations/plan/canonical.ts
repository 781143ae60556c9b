import type { Json } from './define.ts';

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
