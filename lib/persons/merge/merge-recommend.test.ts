import { expect, test } from 'vitest';
import { valueOf } from '#lib/omni/seen.ts';
import type { MergeFacts } from './merge-facts.ts';
import { adviseMerge } from './merge-recommend.ts';
import { DUPLICATE, facts, record, route, rule, SURVIVOR } from '#lib/persons/testing/merge-case.ts';

test.each([
  [
    'other',
    'refused',
    {
      duplicate: record(DUPLICATE, { displayName: 'Ana' }),
      survivor: record(SURVIVOR),
      may: { rules: 'no', routes: 'yes', agents: 'yes' },
      rules: valueOf([rule()]),
    },
  ],
  [
    'this',
    'loses',
    {
      survivor: record(SURVIVOR, { displayName: 'Ana' }),
      routes: valueOf({ items: [route({ personId: SURVIVOR })], missing: [] }),
      may: { rules: 'yes', routes: 'no', agents: 'yes' },
    },
  ],
  [
    'other',
    'loses',
    { routes: valueOf({ items: [route()], missing: [] }), may: { rules: 'yes', routes: 'no', agents: 'yes' } },
  ],
  ['other', 'history', { duplicate: record(DUPLICATE, {}, undefined, 9) }],
  ['this', 'older', { duplicate: record(DUPLICATE, { createdAt: '2026-03-01T00:00:00Z' }) }],
  ['either', 'equal', {}],
] as [string, string, Partial<MergeFacts>][])(
  'persons.merge advises %s direction, because of: %s',
  (better, why, part) => {
    const given = facts(part);
    expect(adviseMerge(SURVIVOR, DUPLICATE, given)).toMatchObject({ better, why });
    const mirrored = { this: 'other', other: 'this', either: 'either' }[better];
    const swapped = { ...given, duplicate: given.survivor, survivor: given.duplicate };
    expect(adviseMerge(DUPLICATE, SURVIVOR, swapped)).toMatchObject({ better: mirrored, why });
  },
);
