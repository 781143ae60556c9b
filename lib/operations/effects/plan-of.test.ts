import { describe, expect, test } from 'vitest';
import type { EffectPlan } from '#lib/operations/plan/define.ts';
import { fingerprint } from '#lib/operations/plan/fingerprint.ts';
import { happens, sets, type Effect } from './effect.ts';
import { planNow } from './plan-of.ts';
import { NOTHING, textValue, thing, withoutNames } from './value.ts';

const base: EffectPlan = { title: { key: 'x' }, effects: [], steps: [], verb: 'delete' };
const planOf = (effects: Effect[], more: Partial<EffectPlan> = {}) =>
  planNow({ plan: () => ({ ...base, effects, ...more }), steps: {} }, null, null);

const renamed = sets('person.displayName', textValue('Ana'), textValue('Bia'));
const history = happens('history', { kept: 'no', back: 'no', history: true });
const lost = happens('lost', { kept: 'no', back: 'id' });
const key = thing('key', 'k', 'crm-worker');

describe('operations: what follows from effects', () => {
  test('the groups are those of what is kept', () => {
    const unsure = happens('unsure', { kept: 'unknown', back: 'unknown' });
    const { moves, losses, unknowns } = planOf([renamed, lost, unsure]);
    expect([moves, losses, unknowns].map((group) => group.map((text) => text.key))).toEqual([
      ['effect.set'],
      ['effect.lost'],
      ['effect.unsure'],
    ]);
  });

  test.each<[string, Effect[], ReturnType<typeof planOf>['typed']]>([
    ['nothing where everything is kept', [renamed], undefined],
    ['nothing where only past messages lose a name', [renamed, history], undefined],
    ['the verb where something is not kept', [history, lost], { word: 'delete' }],
    ['the number where it is about several', [{ ...lost, count: 12 }], { text: '12' }],
    ['the name of a key', [{ ...lost, of: key }], { text: 'crm-worker' }],
    ['the name of a key that may do more', [{ ...renamed, of: key, grants: true }], { text: 'crm-worker' }],
    [
      'the verb where nothing can be seen of the name of a key',
      [{ ...lost, of: thing('key', 'k', '\u200b') }],
      { word: 'delete' },
    ],
    ['nothing where each second counts', [{ ...lost, of: key, untyped: true }], undefined],
    ['the verb where nothing of the name is seen', [{ ...lost, of: thing('key', 'k', '\u3164') }], { word: 'delete' }],
  ])('typed: %s', (_, effects, typed) => {
    expect(planOf(effects).typed).toEqual(typed);
  });

  test('undo restores everything, all but what it cannot, or nothing', () => {
    expect(planOf([renamed, lost]).restores).toBe('everything');
    expect(planOf([history]).restores).toBe('nothing');
    expect(planOf([renamed, history]).restores).toMatchObject({
      allBut: [{ key: 'effect.history', values: { tense: 'name' } }],
    });
  });

  test('a refused plan has no steps, asks for nothing and has no command', () => {
    const refused = planOf([lost], {
      refusal: { key: 'no' },
      steps: [{ id: 'a', kind: 'a', title: { key: 'a' }, args: null }],
    });
    expect([refused.steps, refused.typed, refused.command]).toEqual([[], undefined, { lines: [] }]);
  });

  test('the fingerprint tells values, ids and what is relied on, and no names', () => {
    const hash = (effects: Effect[], relies: unknown = null) => fingerprint(planOf(effects, { relies }).effects);
    const named = (name: string | null) => sets('route.agentId', NOTHING, thing('agent', 'a', name));
    expect(hash([named('Vendas')])).toBe(hash([named(null)]));
    expect(hash([named(null)])).not.toBe(hash([sets('route.agentId', NOTHING, thing('agent', 'b', null))]));
    expect(hash([renamed])).not.toBe(hash([renamed], { rules: 'forbidden' }));
    expect(hash([lost])).not.toBe(hash([{ ...lost, back: 'no' }]));
    expect(withoutNames({ is: 'list', of: [key] })).toEqual({ is: 'list', of: [{ ...key, name: null }] });
  });
});

describe('operations: the lines that do the same', () => {
  const planned = (id: string, kind: string) => ({ id, kind, title: { key: kind }, args: null });
  const run = async () => ({ ok: true as const, value: undefined });
  const done = async () => ({ is: 'no' as const });
  const operation = {
    plan: () => ({ ...base, steps: [planned('one', 'make'), planned('two', 'use'), planned('three', 'own')] }),
    steps: {
      make: { run, done, command: () => "curl -d 'x'" },
      use: { run, done, command: ({ created }: { created(id: string): string }) => `curl '/${created('one')}/y'` },
      own: { run, done, command: () => '' },
    },
  };

  test('keep the id of what a step creates for the lines that need it', () => {
    expect(planNow(operation, null, null).command).toEqual({
      lines: ["ID_1=$(curl -d 'x' | jq -r .data.id)", `curl '/'"$ID_1"'/y'`],
    });
  });

  test('say how many steps there are where some have none', () => {
    const { make, own } = operation.steps;
    const partly = { plan: operation.plan, steps: { make, own, use: { run, done } } };
    expect(planNow(partly, null, null).command).toEqual({ lines: ["curl -d 'x'"], of: 3 });
  });
});
