import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as zod from 'zod/mini';
import * as z from './shape.ts';

/** The same shape by zod and by ours. */
const both = (make: (kit: typeof z) => unknown) =>
  [make(zod as unknown as typeof z), make(z)] as [z.LookupShape<unknown>, z.LookupShape<unknown>];

const SHAPES: Record<string, [z.LookupShape<unknown>, z.LookupShape<unknown>]> = {
  'a query': both((kit) =>
    kit.object({
      q: kit.pipe(
        kit.optional(kit.string()),
        kit.transform((text: string | undefined) => (text ?? '').trim()),
      ),
      rest: kit.optional(kit.string()),
    }),
  ),
  'an answer': both((kit) =>
    kit.object({
      rows: kit.array(kit.object({ id: kit.string(), name: kit.optional(kit.string()) })),
      total: kit.number(),
      whole: kit.boolean(),
      kind: kit.optional(kit.enum(['agents', 'providers'])),
      values: kit.optional(kit.record(kit.string(), kit.union([kit.string(), kit.number()]))),
    }),
  ),
  'a rule': both((kit) => kit.custom((value) => typeof value === 'object' && value !== null && 'id' in value)),
};

const text = fc.constantFrom('', ' a ', 'agents', 'x');
const odd = fc.oneof(fc.constant(undefined), fc.constant(null), fc.integer(), fc.boolean(), text, fc.constant([]));
const like = fc.record(
  {
    q: fc.oneof(text, odd),
    rest: fc.oneof(text, odd),
    rows: fc.oneof(fc.array(fc.record({ id: fc.oneof(text, odd), name: odd }, { requiredKeys: ['id'] })), odd),
    total: fc.oneof(fc.integer(), odd),
    whole: fc.oneof(fc.boolean(), odd),
    kind: fc.oneof(text, odd),
    values: fc.oneof(fc.dictionary(fc.constantFrom('a', 'b'), fc.oneof(text, odd)), odd),
    id: odd,
    more: odd,
  },
  { requiredKeys: [] },
);

/** Keys that are there without a value count as absent, as they do in JSON. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));

describe('shapes of lookups', () => {
  test.each(Object.keys(SHAPES))('%s is taken as zod takes it', (name) => {
    const [theirs, ours] = SHAPES[name] ?? [];
    fc.assert(
      fc.property(fc.oneof(like, odd), (value) => {
        const [expected, got] = [theirs?.safeParse(value), ours?.safeParse(value)];
        expect(got?.success).toBe(expected?.success);
        if (expected?.success && got?.success) expect(plain(got.data)).toEqual(plain(expected.data));
      }),
      { numRuns: 2000 },
    );
  });

  test('what is no own part is none', () => {
    const { safeParse } = z.object({ toString: z.optional(z.string()) } as never) as z.LookupShape<unknown>;
    expect(safeParse({})).toEqual({ success: true, data: {} });
    expect(z.object({ a: z.string() }).safeParse(Object.create({ a: 'inherited' }))).toEqual({ success: false });
  });
});
