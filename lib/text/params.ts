import { z } from 'zod';

/** A parameter of an address: the first of several, and undefined where it is nothing the schema takes. */
export function optionalParam<T extends z.ZodType>(schema: T) {
  return z.preprocess(first, schema).optional().catch(undefined);
}

/** A parameter that has a value whatever the address says. */
export function paramOr<T extends z.ZodType>(schema: T, otherwise: z.output<T>) {
  return z.preprocess(first, schema).catch(otherwise as never);
}

/** The parameters of an address, of each the first, as a page takes them: a file and a lookup beside it say the same. */
export function paramsOf(asked: URLSearchParams): { [name: string]: string } {
  return Object.fromEntries([...asked].toReversed());
}

function first(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value;
}
