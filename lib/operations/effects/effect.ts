import { z } from 'zod';
import { NOTHING, value, type Value } from './value.ts';

/**
 * One thing that changes. `what` names its sentence (`effect.<what>` of namespace `operations`), which says `of`, `from`, `to` and
 * `more`; what a run did is said by the same sentence with `tense: past`.
 *
 * `kept`: whether Omni still holds what it held, the value aside that `from → to` replaces: whoever writes a field means to replace it
 * (ADR 0035). `no`: something besides is gone. `unknown`: that could not be read, or nobody can tell.
 * `back`: what undo restores. `id`: all of it, under another id.
 */
export const effect = z.strictObject({
  what: z.string(),
  of: value.optional(),
  from: value,
  to: value,
  more: z.record(z.string(), z.union([z.string(), z.number(), value])).optional(),
  /** How many things this is about, where it is more than one. */
  count: z.number().optional(),
  kept: z.enum(['yes', 'no', 'unknown']),
  back: z.enum(['yes', 'id', 'no', 'unknown']),
  /** Only past messages lose whom they name: never asked to be typed. */
  history: z.literal(true).optional(),
  /** Somebody may do more afterwards: asked to be typed, whatever is kept. */
  grants: z.literal(true).optional(),
  /** What is typed where this is not kept: what tells the thing apart. Left out: what it is about tells it. */
  asks: z.string().optional(),
  /** What a heading says above this and those after it. */
  under: value.optional(),
  /** Not asked to be typed: where each second counts (a leaked key), or what goes was made by the entry that is undone. */
  untyped: z.literal(true).optional(),
});

export type Effect = z.infer<typeof effect>;

type Rest = Partial<Omit<Effect, 'what' | 'from' | 'to'>>;

/** A field that gets another value. `field` is what it is called: `person.displayName`. */
export function sets(field: string, from: Value, to: Value, rest: Rest = {}): Effect {
  return {
    what: 'set',
    from,
    to,
    kept: 'yes',
    back: 'yes',
    ...rest,
    more: { field: { is: 'field', field }, ...rest.more },
  };
}

/** Something that happens to a thing, as a sentence of its own. */
export function happens(what: string, rest: Rest & Pick<Effect, 'kept' | 'back'>): Effect {
  return { what, from: NOTHING, to: NOTHING, ...rest };
}
