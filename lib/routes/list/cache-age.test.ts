import { describe, expect, it } from 'vitest';
import type { Entry } from '#lib/operations/journal/entry.ts';
import type { Json, Plan } from '#lib/operations/plan/define.ts';
import { changesOf } from './cache-age.ts';

type Step = { kind: string; args: Json; state?: 'done' | 'failed' | 'unknown' };

const changes = (
  operation: string,
  steps: Step[],
  { input = null, before = null }: { input?: Json; before?: Json } = {},
) =>
  changesOf({
    operation,
    body: {
      input,
      before,
      plan: { steps: steps.map(({ kind, args }, at) => ({ id: `${at}`, kind, args, title: { key: 'x' } })) } as Plan,
      who: { keyName: 'a key', yourName: null },
    },
    steps: steps.map(({ state = 'done' }, index) => ({
      index,
      id: `${index}`,
      state,
      finishedAt: state === 'done' ? 1000 + index : null,
    })) as Entry['steps'],
  });

describe('changesOf', () => {
  it('takes the instance of a route’s own change from its input', () => {
    expect(changes('routes.edit', [{ kind: 'patch', args: { label: 'x' } }], { input: { instanceId: 'i' } })).toEqual([
      { instanceId: 'i', at: 1000 },
    ]);
  });

  it('takes only the instances of steps that went through', () => {
    const step = (instanceId: string, state?: Step['state']): Step => ({
      kind: 'switch',
      args: { instanceId, id: 'r' },
      ...(state ? { state } : {}),
    });
    const input = { routes: ['a', 'b', 'c'].map((instanceId) => ({ instanceId, id: 'r' })) };
    expect(changes('routes.bulk', [step('a'), step('b', 'failed'), step('c', 'unknown')], { input })).toEqual([
      { instanceId: 'a', at: 1000 },
    ]);
  });

  it('takes none from an edited person, and none from a change that was refused', () => {
    expect(changes('persons.edit', [{ kind: 'patch', args: { displayName: 'Ana' } }])).toEqual([]);
    const refused: Step = { kind: 'patch', args: null, state: 'failed' };
    expect(changes('routes.activate', [refused], { input: { instanceId: 'i' } })).toEqual([]);
  });

  it('takes the instances of the routes that a merge takes away, and of those it makes again', () => {
    const route = (instanceId: string, personId: string) => ({ scope: 'user', instanceId, personId });
    const items = [route('i', 'p'), route('kept', 'q'), route('elsewhere', 'somebody')];
    const before = { routes: { is: 'value', value: { items, missing: [] } } };
    const steps: Step[] = [
      { kind: 'fields', args: { displayName: 'Ana' } },
      { kind: 'merge', args: { duplicate: 'p', survivor: 'q' } },
      { kind: 'route', args: { pair: 0, args: { instanceId: 'j', body: {} } } },
    ];
    expect(changes('persons.merge', steps, { before }).map(({ instanceId }) => instanceId)).toEqual(['i', 'j']);
    expect(changes('persons.merge', steps.slice(0, 1), { before })).toEqual([]);
    const chained: Step[] = [{ kind: 'merge', args: { pair: 0, args: { duplicate: 'p', survivor: 'q' } } }];
    expect(changes('persons.merge-many', chained, { before: [before] })).toEqual([{ instanceId: 'i', at: 1000 }]);
  });

  it('takes none from access rules, which no route cache keeps', () => {
    const rule = { instanceId: 'i', ruleType: 'deny', platformUserId: '5511955500001' };
    expect(changes('persons.block', [{ kind: 'rule', args: rule }], { input: { instanceId: 'i' } })).toEqual([]);
    const moved: Step[] = [
      { kind: 'move-rule', args: { id: 'r', instanceId: 'i' } },
      { kind: 'drop-rule', args: { id: 'r', instanceId: 'i' } },
    ];
    expect(changes('persons.merge-undo', moved)).toEqual([]);
  });
});
