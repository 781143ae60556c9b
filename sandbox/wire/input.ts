import { ApiError, InvalidInput } from './http-errors.ts';
import type { Call } from './call.ts';
import type { Shape } from './zod-shapes.ts';

const JSON_TYPE = /^application\/([a-z-.]+\+)?json(;\s*[a-zA-Z0-9-]+=([^;]+))*$/;

/** The body as Hono's validator reads it: anything but a JSON content type counts as `{}` (contract §1.5, behaviour A18, A19). */
export async function readJson(call: Call): Promise<unknown> {
  if (!JSON_TYPE.test(call.req.header('content-type') ?? '')) return {};
  try {
    return await call.req.json();
  } catch {
    throw new ApiError(400, 'HTTP_ERROR', 'Malformed JSON in request body');
  }
}

export async function readBody<T>(call: Call, shape: Shape<T>): Promise<T> {
  return check(shape, await readJson(call));
}

/** The query string; a name that is given twice is an array, as Hono has it. */
export function readQuery<T>(call: Call, shape: Shape<T>): T {
  const given = Object.entries(call.req.queries()).map(([name, values]) => [
    name,
    values.length === 1 ? values[0] : values,
  ]);
  return check(shape, Object.fromEntries(given));
}

export function check<T>(shape: Shape<T>, value: unknown): T {
  const result = shape.parse(value, []);
  if (!result.ok) throw new InvalidInput(result.issues);
  return result.value;
}

/** A path parameter that the route guarantees. */
export function param(call: Call, name: string): string {
  return call.req.param(name) ?? '';
}
