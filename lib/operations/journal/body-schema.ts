import { z } from 'zod';
import { effect } from '#lib/operations/effects/effect.ts';
import { value } from '#lib/operations/effects/value.ts';
import type { Json } from '#lib/operations/plan/define.ts';

/** Whatever JSON holds: it was parsed as JSON already. */
const anything = z.custom<Json>(() => true);
const values = z.record(z.string(), z.union([z.string(), z.number(), value]));
const text = z.object({ key: z.string(), values: values.optional(), head: z.literal(true).optional() });
const texts = z.array(text).default([]);
const step = z.object({ id: z.string(), kind: z.string(), title: text, args: anything });

const sentences = {
  title: text,
  effects: anything,
  steps: z.array(step),
  moves: texts,
  losses: texts,
  unknowns: texts,
  warnings: texts,
  refusal: text.optional(),
};

const lines = z.strictObject({ lines: z.array(z.string()), of: z.number().optional() });

/** A plan made of effects. */
const plan = z.strictObject({
  ...sentences,
  changes: z.array(effect),
  unchecked: z.array(text).optional(),
  data: anything.optional(),
  opens: value.optional(),
  restores: z.union([z.enum(['everything', 'nothing']), z.strictObject({ allBut: z.array(text) })]),
  typed: z
    .union([
      z.strictObject({ text: z.string() }),
      z.strictObject({ word: z.enum(['merge', 'delete', 'revoke', 'undo', 'save']) }),
    ])
    .optional(),
  command: lines,
});

/** A plan of sentences: of entries of before, and of operations that do not tell their effects. */
const legacyPlan = z.object({
  ...sentences,
  changes: z.undefined().optional(),
  typed: z.union([z.object({ text: z.string() }), z.object({ word: z.string() }).transform(() => MERGE)]).optional(),
  command: z.union([
    lines,
    z.object({ omni: z.string() }),
    z.object({ curl: z.string(), note: text.optional() }),
    z.object({ none: text }),
  ]),
});
const MERGE: { word: 'merge' } = { word: 'merge' };

const problemValues = z.record(z.string(), z.union([z.string(), z.number()]));
const problem = z.object({ code: z.string(), values: problemValues.optional(), why: text.optional() });
const check = z.object({ text, held: z.boolean().nullable(), subject: z.string().optional() });

/** The sealed part of an entry, as it was written today or before. */
export const entryBody = z.object({
  input: anything,
  before: anything,
  plan: z.union([plan, legacyPlan]),
  who: z.object({ keyName: z.string(), yourName: z.string().nullable() }),
  agreed: z.string().optional(),
  contacts: z.array(z.string()).optional(),
  receipt: z.object({ checks: z.array(check) }).optional(),
  problem: problem.optional(),
  undo: z.union([z.object({ operation: z.string(), input: anything }), z.object({ impossible: text })]).optional(),
  gone: z.enum(['forgotten', 'unreadable']).optional(),
});
