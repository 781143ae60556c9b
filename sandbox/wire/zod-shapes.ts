/**
 * A small validator whose refusals are zod 3's, key by key: Omni answers them raw (contract §1.5, shape 2).
 * Only what Omni's schemas use is here.
 */
type Path = readonly (string | number)[];
type Issue = { code: string; path: Path; message: string } & Record<string, unknown>;
export type Parsed<T> = { ok: true; value: T } | { ok: false; issues: Issue[] };
export type Shape<T> = { parse(value: unknown, path: Path): Parsed<T> };
export type Infer<S> = S extends Shape<infer T> ? T : never;
export type Fields = Record<string, Shape<unknown>>;
export type FieldValues<F extends Fields> = { [K in keyof F]: Infer<F[K]> };

export const good = <T>(value: T): Parsed<T> => ({ ok: true, value });
const bad = (...issues: Issue[]): Parsed<never> => ({ ok: false, issues });

/** zod's name of a value's type. */
function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number' && Number.isNaN(value)) return 'nan';
  return typeof value;
}

function wrongType(expected: string, value: unknown, path: Path): Parsed<never> {
  const received = typeName(value);
  const message = received === 'undefined' ? 'Required' : `Expected ${expected}, received ${received}`;
  return bad({ code: 'invalid_type', expected, received, path, message });
}

/** zod writes the keys of a bad date in another order than those of any other bad text (behaviour H14). */
function invalidString(validation: string, path: Path): Issue {
  const [code, message] = ['invalid_string', `Invalid ${validation}`];
  return validation === 'datetime' ? { code, validation, message, path } : { validation, code, message, path };
}

function tooSmall(type: string, minimum: number, inclusive: boolean, message: string, path: Path): Issue {
  return { code: 'too_small', minimum, type, inclusive, exact: false, message, path };
}

function tooBig(type: string, maximum: number, message: string, path: Path): Issue {
  return { code: 'too_big', maximum, type, inclusive: true, exact: false, message, path };
}

const FORMATS: Record<string, (text: string) => boolean> = {
  uuid: (text) => /^[0-9a-f]{8}\b-[0-9a-f]{4}\b-[0-9a-f]{4}\b-[0-9a-f]{4}\b-[0-9a-f]{12}$/i.test(text),
  email: (text) => /^(?!\.)(?!.*\.\.)([A-Z0-9_'+\-.]*)[A-Z0-9_+-]@([A-Z0-9][A-Z0-9-]*\.)+[A-Z]{2,}$/i.test(text),
  url: (text) => URL.canParse(text),
  // Zod's `datetime()` takes `Z` only; an offset is refused (behaviour H14).
  datetime: (text) => /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/.test(text) && !Number.isNaN(Date.parse(text)),
};

type TextRules = { min?: number; max?: number; format?: 'uuid' | 'email' | 'url' | 'datetime' };

export function string(rules: TextRules = {}): Shape<string> {
  return {
    parse(value, path) {
      if (typeof value !== 'string') return wrongType('string', value, path);
      const issues: Issue[] = [];
      const { min, max, format } = rules;
      if (min !== undefined && value.length < min) {
        issues.push(tooSmall('string', min, true, `String must contain at least ${min} character(s)`, path));
      }
      if (max !== undefined && value.length > max) {
        issues.push(tooBig('string', max, `String must contain at most ${max} character(s)`, path));
      }
      if (format !== undefined && !FORMATS[format]?.(value)) issues.push(invalidString(format, path));
      return issues.length > 0 ? bad(...issues) : good(value);
    },
  };
}

/** Lower-cased, as the database would hand it back. */
export const uuid = (): Shape<string> => transform(string({ format: 'uuid' }), (text) => text.toLowerCase());

type NumberRules = { int?: boolean; min?: number; above?: number; max?: number; coerce?: boolean };

export function number(rules: NumberRules = {}): Shape<number> {
  return {
    parse(raw, path) {
      const value = rules.coerce ? Number(raw) : raw;
      if (typeof value !== 'number' || Number.isNaN(value)) return wrongType('number', value, path);
      const issues: Issue[] = [];
      if (rules.int && !Number.isInteger(value)) {
        const message = 'Expected integer, received float';
        issues.push({ code: 'invalid_type', expected: 'integer', received: 'float', message, path });
      }
      if (rules.min !== undefined && value < rules.min) {
        const message = `Number must be greater than or equal to ${rules.min}`;
        issues.push(tooSmall('number', rules.min, true, message, path));
      }
      if (rules.above !== undefined && value <= rules.above) {
        issues.push(tooSmall('number', rules.above, false, `Number must be greater than ${rules.above}`, path));
      }
      if (rules.max !== undefined && value > rules.max) {
        issues.push(tooBig('number', rules.max, `Number must be less than or equal to ${rules.max}`, path));
      }
      return issues.length > 0 ? bad(...issues) : good(value);
    },
  };
}

export function boolean(): Shape<boolean> {
  return { parse: (value, path) => (typeof value === 'boolean' ? good(value) : wrongType('boolean', value, path)) };
}

/** `z.coerce.boolean()`: every text but the empty one is true, `"false"` and `"0"` too (contract §1.6, behaviour G3). */
export function coercedBoolean(): Shape<boolean> {
  return { parse: (value) => good(Boolean(value)) };
}

export function oneOf<const T extends string>(options: readonly T[]): Shape<T> {
  return {
    parse(value, path) {
      const listed = options.map((option) => `'${option}'`).join(' | ');
      if (typeof value !== 'string') {
        const received = typeName(value);
        const message = received === 'undefined' ? 'Required' : `Expected ${listed}, received ${received}`;
        return bad({ expected: listed, received, code: 'invalid_type', path, message });
      }
      const known = options.find((option) => option === value);
      if (known !== undefined) return good(known);
      const message = `Invalid enum value. Expected ${listed}, received '${value}'`;
      return bad({ received: value, code: 'invalid_enum_value', options, path, message });
    },
  };
}

export function array<T>(item: Shape<T>, rules: { min?: number } = {}): Shape<T[]> {
  return {
    parse(value, path) {
      if (!Array.isArray(value)) return wrongType('array', value, path);
      const results = value.map((entry: unknown, index) => item.parse(entry, [...path, index]));
      const issues = results.flatMap((result) => (result.ok ? [] : result.issues));
      if (rules.min !== undefined && value.length < rules.min) {
        const message = `Array must contain at least ${rules.min} element(s)`;
        issues.unshift(tooSmall('array', rules.min, true, message, path));
      }
      if (issues.length > 0) return bad(...issues);
      return good(results.flatMap((result) => (result.ok ? [result.value] : [])));
    },
  };
}

/** `z.record(z.unknown())`, or of a shape. */
export function record<T = unknown>(item?: Shape<T>): Shape<Record<string, T>> {
  return {
    parse(value, path) {
      if (!isPlain(value)) return wrongType('object', value, path);
      if (!item) return good(value as Record<string, T>);
      const issues = Object.entries(value).flatMap(([key, entry]) => {
        const result = item.parse(entry, [...path, key]);
        return result.ok ? [] : result.issues;
      });
      return issues.length > 0 ? bad(...issues) : good(value as Record<string, T>);
    },
  };
}

/** Unknown keys are dropped, unless `strict` (contract §1.5). Absent keys stay absent. */
export function object<F extends Fields>(fields: F, rules: { strict?: boolean } = {}): Shape<FieldValues<F>> {
  return {
    parse(value, path) {
      if (!isPlain(value)) return wrongType('object', value, path);
      const filled: Record<string, unknown> = {};
      const issues: Issue[] = [];
      for (const [key, shape] of Object.entries(fields)) {
        const result = shape.parse(value[key], [...path, key]);
        if (!result.ok) issues.push(...result.issues);
        else if (key in value || result.value !== undefined) filled[key] = result.value;
      }
      if (rules.strict) {
        const keys = Object.keys(value).filter((key) => !(key in fields));
        const message = `Unrecognized key(s) in object: ${keys.map((key) => `'${key}'`).join(', ')}`;
        if (keys.length > 0) issues.push({ code: 'unrecognized_keys', keys, path, message });
      }
      return issues.length > 0 ? bad(...issues) : good(filled as FieldValues<F>);
    },
  };
}

export function optional<T>(shape: Shape<T>): Shape<T | undefined> {
  return { parse: (value, path) => (value === undefined ? good(undefined) : shape.parse(value, path)) };
}

export function nullable<T>(shape: Shape<T>): Shape<T | null> {
  return { parse: (value, path) => (value === null ? good(null) : shape.parse(value, path)) };
}

export function fallback<T>(shape: Shape<T>, value: T): Shape<T> {
  return { parse: (given, path) => (given === undefined ? good(value) : shape.parse(given, path)) };
}

export function union<A, B>(first: Shape<A>, second: Shape<B>): Shape<A | B> {
  return {
    parse(value, path) {
      const one = first.parse(value, path);
      if (one.ok) return one;
      const two = second.parse(value, path);
      if (two.ok) return two;
      const unionErrors = [one.issues, two.issues].map((issues) => ({ issues, name: 'ZodError' }));
      return bad({ code: 'invalid_union', unionErrors, path, message: 'Invalid input' });
    },
  };
}

/** `superRefine`: rules over the whole, reported at its root once its parts are good (behaviour F14, F15). */
export function refine<T>(shape: Shape<T>, rules: (value: T) => string[]): Shape<T> {
  return {
    parse(value, path) {
      const result = shape.parse(value, path);
      if (!result.ok) return result;
      const messages = rules(result.value);
      return messages.length > 0 ? bad(...messages.map((message) => ({ code: 'custom', message, path }))) : result;
    },
  };
}

export function transform<A, B>(shape: Shape<A>, change: (value: A) => B): Shape<B> {
  return {
    parse(value, path) {
      const result = shape.parse(value, path);
      return result.ok ? good(change(result.value)) : result;
    },
  };
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
