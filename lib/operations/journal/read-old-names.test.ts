import { describe, expect, it, vi } from 'vitest';
import type { EntryBody } from './entry.ts';

vi.mock('./old-names.ts', () => ({
  OLD_NAMES: {
    'persons.merge-undo': {
      was: 'persons.unmerge',
      kinds: { bring: 'create' },
      steps: { 'first:': 'create:' },
      fields: {
        'input.stays': 'survivor',
        'input.people.*.made': 'created',
        'input.people': 'persons',
        'before.fates.*.fate': 'choice',
        'args.to': 'person',
        'result.made': 'id',
      },
      values: { 'before.fates.*.choice': { keep: 'kept' } },
      stepIds: ['args.step'],
    },
  },
  OLD_TEXTS: { 'unmerge.title': 'merge-undo.title' },
  OLD_TEXT_BEGINNINGS: { move: 'link' },
  OLD_TEXT_VALUES: { goes: 'duplicate' },
}));
const { bodyToday, inputToday, operationToday, stepRecordToday, storedNames } = await import('./read-old-names.ts');

const text = { key: 'unmerge.title', values: { goes: 'Ana', count: 2 } };
const body: EntryBody = {
  input: { stays: 'a', people: [{ made: 'm', metadata: { stays: 'hers', key: 'unmerge.title' } }] },
  before: { fates: { r1: { fate: 'keep' }, r2: { fate: 'drop' } }, metadata: { stays: 'hers' } },
  plan: {
    title: text,
    effects: { goes: 'b' },
    steps: [{ id: 'first:7', kind: 'bring', title: text, args: { to: 'a', step: 'first:6', metadata: { to: 'x' } } }],
    moves: [text],
    losses: [{ key: 'move.last' }],
    unknowns: [],
    warnings: [],
    typed: { text: 'Ana' },
    command: { none: text },
  },
  who: { keyName: 'k', yourName: null },
  undo: { operation: 'persons.unmerge', input: { stays: 'a' } },
  problem: { code: 'x', why: text },
};

describe('entries of releases before', () => {
  it('have the names of today: operation, steps, kinds, fields, values and sentences', () => {
    const now = bodyToday('persons.unmerge', body);
    const today = { key: 'merge-undo.title', values: { duplicate: 'Ana', count: 2 } };
    expect(now.input).toEqual({
      survivor: 'a',
      persons: [{ created: 'm', metadata: { stays: 'hers', key: 'unmerge.title' } }],
    });
    expect(now.before).toEqual({
      fates: { r1: { choice: 'kept' }, r2: { choice: 'drop' } },
      metadata: { stays: 'hers' },
    });
    expect(now.plan).toEqual({
      ...body.plan,
      title: today,
      steps: [
        {
          id: 'create:7',
          kind: 'create',
          title: today,
          args: { person: 'a', step: 'create:6', metadata: { to: 'x' } },
        },
      ],
      moves: [today],
      losses: [{ key: 'link.last' }],
      command: { none: today },
    });
    expect(now.undo).toEqual({ operation: 'persons.merge-undo', input: { survivor: 'a' } });
    expect(now.problem).toEqual({ code: 'x', why: today });
    expect(bodyToday('persons.merge-undo', now)).toEqual(now);
  });

  it('are found under the old name and the new one, and their steps answer as today', () => {
    expect([storedNames('persons.merge-undo'), storedNames('persons.merge')]).toEqual([
      ['persons.merge-undo', 'persons.unmerge'],
      ['persons.merge'],
    ]);
    expect([operationToday('persons.unmerge'), operationToday('persons.merge')]).toEqual([
      'persons.merge-undo',
      'persons.merge',
    ]);
    const step = {
      index: 0,
      state: 'done' as const,
      actor: null,
      who: null,
      problem: null,
      startedAt: 1,
      finishedAt: 2,
    };
    expect(stepRecordToday('persons.unmerge', { ...step, id: 'first:7', result: { made: 'z' } })).toEqual({
      ...step,
      id: 'create:7',
      result: { id: 'z' },
    });
    expect(inputToday('persons.merge', { stays: 'a' })).toEqual({ stays: 'a' });
  });
});
