import { z } from 'zod';
import { notSeenValues, type NotSeen, type NotSeenValues } from '#lib/omni/seen.ts';

/** Words that stand for a value; each has its own in every language (namespace `operations`, `words`). */
export const WORDS = [
  'all-instances',
  'no-instances',
  'none',
  'never',
  'on',
  'off',
  'active',
  'inactive',
  'inherited',
  'default-agent',
  'server-default',
  'nobody',
  'missing',
  'unseen',
  'everybody',
  'disabled',
  'fixed',
  'randomized',
  'presence',
  'per_user',
  'per_chat',
  'everywhere',
  'blocks',
  'allows',
  'silently',
  'with-message',
  'no-label',
] as const;

/** Things that are called by their name; by the beginning of their id where none is known. */
export const THINGS = ['person', 'instance', 'chat', 'route', 'key', 'agent', 'identity'] as const;

type Thing = { is: (typeof THINGS)[number]; id: string; name: string | null };

/**
 * A value in a sentence of a plan, put into words where it is shown: moments (ISO, UTC) in the reader's zone and language, things by
 * name, `nothing` and `word` in the reader's language. `field`: what a field is called. `inherited`: what is in effect without an own
 * value. `not-seen`: why something could not be read.
 */
export type Value =
  | { is: 'nothing' }
  | { is: 'text'; text: string }
  | { is: 'moment'; at: string }
  | { is: 'word'; word: (typeof WORDS)[number] }
  | { is: 'field'; field: string }
  | { is: 'inherited'; value: Value }
  | { is: 'list'; of: Value[] }
  | ({ is: 'not-seen' } & NotSeenValues)
  | Thing;

/** A value as it is journalled. */
export const value: z.ZodType<Value> = z.lazy(() =>
  z.union([
    z.strictObject({ is: z.literal('nothing') }),
    z.strictObject({ is: z.literal('text'), text: z.string() }),
    z.strictObject({ is: z.literal('moment'), at: z.string() }),
    z.strictObject({ is: z.literal('word'), word: z.enum(WORDS) }),
    z.strictObject({ is: z.literal('field'), field: z.string() }),
    z.strictObject({ is: z.literal('inherited'), value }),
    z.strictObject({ is: z.literal('list'), of: z.array(value) }),
    z.strictObject({
      is: z.literal('not-seen'),
      state: z.enum(['forbidden', 'failed', 'beyond', 'absent']),
      scope: z.string(),
      reason: z.enum(['status', 'timeout', 'unreachable', 'rate', 'refused', 'unreadable', '']),
      status: z.number(),
      limit: z.number(),
    }),
    z.strictObject({ is: z.enum(THINGS), id: z.string(), name: z.string().nullable() }),
  ]),
);

export const NOTHING: Value = { is: 'nothing' };

/** A text; nothing where there is none. */
export function textValue(text: string | null | undefined): Value {
  return text === null || text === undefined || text === '' ? NOTHING : { is: 'text', text };
}

/** A moment (ISO); `otherwise` where there is none. */
export function momentValue(at: string | null, otherwise: Value = NOTHING): Value {
  return at === null ? otherwise : { is: 'moment', at };
}

/** Texts one after the other. */
export function listValue(of: readonly string[]): Value {
  return { is: 'list', of: of.map(textValue) };
}

/** Why something could not be read. */
export function notSeenValue(seen: NotSeen): Value {
  return { is: 'not-seen', ...notSeenValues(seen) };
}

export function wordValue(word: (typeof WORDS)[number]): Value {
  return { is: 'word', word };
}

/** A thing by its id, and its name where it is known. */
export function thing(is: Thing['is'], id: string, name: string | null | undefined): Value {
  return { is, id, name: name || null };
}

/** The id of a thing; null for what has none. */
export function idOf(of: Value | undefined): string | null {
  return of && 'id' in of ? of.id : null;
}

/** A value without names, which may be read or not: what a person agreed to is told by ids. */
export function withoutNames(of: Value): Value {
  if (of.is === 'list') return { ...of, of: of.of.map(withoutNames) };
  if (of.is === 'inherited') return { ...of, value: withoutNames(of.value) };
  return 'id' in of ? { ...of, name: null } : of;
}
