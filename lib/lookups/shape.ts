type Parsed<T> = { success: true; data: T } | { success: false };

/**
 * What a value must be, and what is taken of it: zod's smallest part under zod's names. Pages load it, and zod with all its kinds is
 * twenty times as large as soon as any form of the console uses it.
 */
export type LookupShape<T> = { safeParse: (value: unknown) => Parsed<T> };

type Infer<S> = S extends LookupShape<infer T> ? T : never;
type Parts = Readonly<Record<string, LookupShape<unknown>>>;
type Given<P extends Parts> = { [K in keyof P as undefined extends Infer<P[K]> ? never : K]: Infer<P[K]> };
type Left<P extends Parts> = { [K in keyof P as undefined extends Infer<P[K]> ? K : never]?: Infer<P[K]> };

const no = { success: false } as const;
const yes = <T>(data: T): Parsed<T> => ({ success: true, data });

/** A value that a rule takes as it is. */
export const custom = <T>(is: (value: unknown) => boolean): LookupShape<T> => ({
  safeParse: (value) => (is(value) ? yes(value as T) : no),
});

export const string = () => custom<string>((value) => typeof value === 'string');
export const number = () => custom<number>((value) => typeof value === 'number' && Number.isFinite(value));
export const boolean = () => custom<boolean>((value) => typeof value === 'boolean');
const oneOf = <const T extends readonly string[]>(all: T) =>
  custom<T[number]>((value) => all.some((one) => one === value));

/** A value that may be absent. */
export const optional = <T>(shape: LookupShape<T>): LookupShape<T | undefined> => ({
  safeParse: (value) => (value === undefined ? yes(undefined) : shape.safeParse(value)),
});

/** What is made of any value. */
export const transform = <F, T>(make: (value: F) => T): LookupShape<T> => ({
  safeParse: (value) => yes(make(value as F)),
});

/** The second shape of what the first one takes. */
export const pipe = <T>(first: LookupShape<unknown>, second: LookupShape<T>): LookupShape<T> => ({
  safeParse: (value) => {
    const taken = first.safeParse(value);
    return taken.success ? second.safeParse(taken.data) : no;
  },
});

/** The first shape that takes the value. */
export const union = <const S extends readonly LookupShape<unknown>[]>(shapes: S): LookupShape<Infer<S[number]>> => ({
  safeParse: (value) => {
    for (const shape of shapes) {
      const taken = shape.safeParse(value);
      if (taken.success) return taken as Parsed<Infer<S[number]>>;
    }
    return no;
  },
});

export const array = <T>(shape: LookupShape<T>): LookupShape<T[]> => ({
  safeParse: (value) => {
    if (!Array.isArray(value)) return no;
    const all = value.map((one) => shape.safeParse(one));
    return all.every((one) => one.success) ? yes(all.map(({ data }) => data)) : no;
  },
});

export const record = <T>(_names: LookupShape<string>, shape: LookupShape<T>): LookupShape<Record<string, T>> => ({
  safeParse: (value) => {
    if (!isObject(value)) return no;
    const all = Object.entries(value).map(([name, one]) => [name, shape.safeParse(one)] as const);
    const taken = all.flatMap(([name, one]) => (one.success ? [[name, one.data] as const] : []));
    return taken.length === all.length ? yes(Object.fromEntries(taken)) : no;
  },
});

/** An object with these parts; others fall away. */
export const object = <P extends Parts>(parts: P): LookupShape<Given<P> & Left<P>> => ({
  safeParse: (value) => {
    if (!isObject(value)) return no;
    const taken: Record<string, unknown> = {};
    for (const [name, shape] of Object.entries(parts)) {
      const part = shape.safeParse(Object.hasOwn(value, name) ? value[name] : undefined);
      if (!part.success) return no;
      if (part.data !== undefined) taken[name] = part.data;
    }
    return yes(taken as Given<P> & Left<P>);
  },
});

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export { oneOf as enum };
export type { Infer as infer };
