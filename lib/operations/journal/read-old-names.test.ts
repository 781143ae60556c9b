import { describe, expect, it, vi } from 'vitest';
import type { EntryBody, StepRecord } from './entry.ts';

vi.mock('./old-names.ts', () => ({
  OLD_NAMES: {
    'persons.merge-undo': {
      was: 'persons.unmerge',
      kinds: { bring: 'create', give: 'attach' },
      steps: { 'first:': 'create:' },
      stepIds: ['args:attach.step', 'args:create.step', 'args.of.*'],
      fields: {
        'input.stays': 'survivor',
        'input.people.*.made': 'created',
        'input.people': 'persons',
        'before.fates.*.fate': 'choice',
        'args.to': 'person',
        'args:attach.from': 'step',
        'result.made': 'id',
        'result:create.told': 'delivered',
      },
      values: { 'before.fates.*.choice': { keep: 'kept' }, 'result:create.way': { first: 'new' } },
    },
  },
  OLD_PROBLEMS: { too_many_probes: 'too_many_saved_tests' },
}));
vi.mock('./old-texts.ts', () => ({
  OLD_CHANGES: { edit: 'person' },
  OLD_WORDS: { inherit: 'inherited' },
  OLD_TEXTS: {
    'unmerge.title': 'merge-undo.title',
  },
  OLD_TEXT_BEGINNINGS: { move: 'link' },
  OLD_TEXT_PARTS: {
    'link.title': { values: { from: 'person' } },
    'route.answers': { words: { side: { goes: 'duplicate' } } },
  },
  OLD_TEXT_VALUES: { goes: 'duplicate' },
}));
const { bodyToday, inputToday, operationToday, stepRecordToday, storedNames, textsToday } =
  await import('./read-old-names.ts');

const text = { key: 'unmerge.title', values: { goes: 'Ana', count: 2 } };
const today = { key: 'merge-undo.title', values: { duplicate: 'Ana', count: 2 } };
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
const record: StepRecord = {
  index: 0,
  id: 'first:7',
  state: 'done',
  actor: null,
  who: null,
  result: undefined,
  problem: null,
  makerUnknown: false,
  startedAt: 1,
  finishedAt: 2,
};

describe('read-old-names: entries of releases before', () => {
  it('have the names of today: operation, steps, kinds, fields, values and sentences', () => {
    const now = bodyToday('persons.unmerge', body);
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
      command: { lines: [] },
    });
    expect(now.undo).toEqual({ operation: 'persons.merge-undo', input: { survivor: 'a' } });
    expect(now.problem).toEqual({ code: 'x', why: today });
    expect(bodyToday('persons.merge-undo', now)).toEqual(now);
  });

  it('are found under the old name and the new one, and their steps answer as today', () => {
    expect([storedNames('persons.merge-undo'), storedNames('persons.unmerge'), storedNames('persons.merge')]).toEqual([
      ['persons.merge-undo', 'persons.unmerge'],
      ['persons.merge-undo', 'persons.unmerge'],
      ['persons.merge'],
    ]);
    expect([operationToday('persons.unmerge'), operationToday('persons.merge')]).toEqual([
      'persons.merge-undo',
      'persons.merge',
    ]);
    expect(stepRecordToday('persons.unmerge', { ...record, result: { made: 'z' } })).toEqual({
      ...record,
      id: 'create:7',
      result: { id: 'z' },
    });
    expect(inputToday('persons.merge', { stays: 'a' })).toEqual({ stays: 'a' });
  });

  it('rename arguments and results of one kind of step only', () => {
    const steps = ['give', 'bring'].map((kind) => ({ id: 'x', kind, title: text, args: { from: 'first:1' } }));
    const now = bodyToday('persons.unmerge', { ...body, plan: { ...body.plan, steps } });
    expect(now.plan.steps.map(({ args }) => args)).toEqual([{ step: 'create:1' }, { from: 'first:1' }]);
    const result = { told: false, way: 'first' };
    const resultOf = (kind?: string) => stepRecordToday('persons.unmerge', { ...record, result }, kind).result;
    expect(resultOf('create')).toEqual({ delivered: false, way: 'new' });
    expect([resultOf('attach'), resultOf()]).toEqual([result, result]);
  });

  it('name their steps as today wherever a step names another, in a chain too', () => {
    const args = { of: ['first:1', '3/first:2', 'other'], note: 'first:1' };
    const steps = [{ id: '3/first:7', kind: 'drop', title: text, args }];
    const [step] = bodyToday('persons.unmerge', { ...body, plan: { ...body.plan, steps } }).plan.steps;
    expect(step).toMatchObject({
      id: '3/create:7',
      args: { of: ['create:1', '3/create:2', 'other'], note: 'first:1' },
    });
    expect(stepRecordToday('persons.unmerge', { ...record, id: '3/first:7' }).id).toBe('3/create:7');
  });

  it('say their sentences with the values and the options of today', () => {
    expect(
      textsToday([
        { key: 'move.title', values: { from: 'Ana', to: 'Bia' } },
        { key: 'other', values: { from: 'Ana' } },
        { key: 'route.answers', values: { side: 'goes', name: 'goes' } },
        { key: 'plain', head: true },
      ]),
    ).toEqual([
      { key: 'link.title', values: { person: 'Ana', to: 'Bia' } },
      { key: 'other', values: { from: 'Ana' } },
      { key: 'route.answers', values: { side: 'duplicate', name: 'goes' } },
      { key: 'plain', head: true },
    ]);
  });

  it('have the codes of problems of today, of the entry and of its steps', () => {
    const problem = { code: 'too_many_probes', values: { count: 500 }, why: text };
    const now = { code: 'too_many_saved_tests', values: { count: 500 }, why: today };
    expect(bodyToday('persons.unmerge', { ...body, problem }).problem).toEqual(now);
    expect(stepRecordToday('persons.unmerge', { ...record, problem }).problem).toEqual(now);
    expect(stepRecordToday('persons.unmerge', record).problem).toBeNull();
  });

  it('lose what receipts of before held beside their checks', () => {
    const checks = [{ text, held: true }];
    const before = { checks, returns: [text], changed: [text], gone: [] };
    const plan = { ...body.plan, typed: { word: 'join' } as unknown as { word: 'merge' } };
    const now = bodyToday('persons.unmerge', { ...body, plan, receipt: before });
    expect(now.receipt).toEqual({ checks: [{ text: today, held: true }] });
  });
});
