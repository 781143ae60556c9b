import { describe, expect, it } from 'vitest';
import type { Entry } from '#lib/operations/journal/entry.ts';
import type { Json, Plan } from '#lib/operations/plan/define.ts';
import { changesOf, ruleChangesOf } from './cache-age.ts';

type Step = { kind: string; args: Json; state?: 'done' | 'failed' | 'unknown' };

const entryOf = (
  operation: string,
  steps: Step[],
  { input = null, before = null }: { input?: Json; before?: Json } = {},
): Parameters<typeof changesOf>[0] => ({
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
const changes = (...entry: Parameters<typeof entryOf>) => changesOf(entryOf(...entry));
const ruleChanges = (...entry: Parameters<typeof entryOf>) => ruleChangesOf(entryOf(...entry));

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

describe('ruleChangesOf', () => {
  const rule = (id: string, instanceId: string | null) => ({ id, instanceId, ruleType: 'deny' });

  it('takes the instance of a rule that is created, and all instances where it names none', () => {
    const create = (args: Json) => ruleChanges('access.create', [{ kind: 'rule', args }], { input: { rule: args } });
    expect(create({ instanceId: 'i', ruleType: 'deny' })).toEqual([{ instanceId: 'i', at: 1000 }]);
    expect(create({ ruleType: 'deny' })).toEqual([{ instanceId: null, at: 1000 }]);
  });

  it('finds the instance of a rule that is edited, deleted, or turned on or off, among the facts', () => {
    const before = { rules: [rule('r', 'i'), rule('s', null)] };
    const edit = [{ kind: 'patch', args: { enabled: false } }];
    expect(ruleChanges('access.edit', edit, { input: { id: 'r' }, before })).toEqual([{ instanceId: 'i', at: 1000 }]);
    const gone = [{ kind: 'delete', args: { id: 's' } }];
    expect(ruleChanges('access.delete', gone, { before })).toEqual([{ instanceId: null, at: 1000 }]);
    const turn = [{ kind: 'turn', args: { id: 'r' } }];
    expect(ruleChanges('persons.unblock', turn, { before })).toEqual([{ instanceId: 'i', at: 1000 }]);
  });

  it('takes none from a rule that is moved to another person, from routes, and from steps that failed', () => {
    expect(ruleChanges('persons.merge', [{ kind: 'move-rule', args: { id: 'r', instanceId: 'i' } }])).toEqual([]);
    expect(ruleChanges('routes.delete', [{ kind: 'delete', args: { instanceId: 'i', id: 'x' } }])).toEqual([]);
    const failed: Step = { kind: 'rule', args: { instanceId: 'i' }, state: 'failed' };
    expect(ruleChanges('persons.block', [failed])).toEqual([]);
  });
});
