import { expect, test } from 'vitest';
import type { Plan } from '#lib/operations/plan/define.ts';
import { NOTHING_PLANNED, openBody, sealBody } from './body.ts';
import type { EntryBody } from './entry.ts';

const ID = '5b0f2b1c-7c1e-4b62-9a51-1d2d1f0c7a10';
const body: EntryBody = {
  input: null,
  before: null,
  plan: NOTHING_PLANNED,
  who: { keyName: 'k', yourName: null },
  undo: { operation: 'persons.edit', input: null },
};
const opened = (plan: unknown) => openBody(ID, 'persons.edit', sealBody(ID, { ...body, plan: plan as Plan }));
const told = { ...NOTHING_PLANNED, changes: [], restores: 'everything', command: { lines: [] } };

test('operations.journal: an entry of effects and one of before are read, with their undo', () => {
  for (const plan of [told, NOTHING_PLANNED, { ...NOTHING_PLANNED, typed: { word: 'join' } }])
    expect([opened(plan).gone, opened(plan).undo]).toEqual([undefined, body.undo]);
  expect(opened({ ...NOTHING_PLANNED, typed: { word: 'join' } }).plan.typed).toEqual({ word: 'merge' });
});

test.each([
  ['no title', { ...told, title: undefined }],
  ['an effect that is none', { ...told, changes: [{ what: 'set' }] }],
  [
    'a value that is none',
    { ...told, changes: [{ what: 'set', kept: 'yes', back: 'yes', from: { is: 'x' }, to: { is: 'nothing' } }] },
  ],
  ['steps that are none', { ...NOTHING_PLANNED, steps: [{ id: 1 }] }],
])('operations.journal: an entry with %s is shown without undo, not hidden', (_, plan) => {
  const { gone, undo, plan: shown } = opened(plan);
  expect([gone, undo, shown.title.key]).toEqual(['unreadable', undefined, 'unreadable']);
});
