import { expect, test } from 'vitest';
import { listCommand } from './list-command.ts';
import { filterRows, NO_FILTER, sortRows, SORTS, type RoutesFilter } from './list-filter.ts';
import type { RouteName } from './route-name.ts';
import type { RouteRow } from './route-row.ts';

const base: RouteRow = {
  id: 'r0',
  instanceId: 'i1',
  instance: 'Loja São Paulo',
  channel: null,
  scope: 'chat',
  targetId: 't0',
  agentId: 'a1',
  agent: 'Vendas',
  agentState: 'active',
  label: null,
  priority: 0,
  active: true,
  own: [],
  updatedAt: '2026-01-01T00:00:00.000Z',
};
const rows: RouteRow[] = [
  base,
  { ...base, id: 'r1', targetId: 't1', label: 'Plantão', priority: 9, updatedAt: '2026-03-01T00:00:00.000Z' },
  {
    ...base,
    id: 'r2',
    scope: 'user',
    targetId: 't2',
    active: false,
    agentId: 'a2',
    agent: 'Suporte',
    label: 'campanha',
  },
  {
    ...base,
    id: 'r3',
    instanceId: 'i2',
    instance: 'Ática',
    targetId: 't3',
    agentId: null,
    agent: null,
    agentState: 'default',
  },
];
const names = new Map<string, RouteName>([
  ['t2', { id: 't2', name: 'João Silva', handle: '5511', state: 'known' }],
  ['t3', { id: 't3', name: null, handle: 'grupo@g.us', state: 'known' }],
]);
const ids = (list: readonly RouteRow[]) => list.map(({ id }) => id);
const kept = (filter: Partial<RoutesFilter>, found?: Set<string>) =>
  ids(filterRows(rows, { ...NO_FILTER, ...filter }, names, found));

test.each<[string, Partial<RoutesFilter>, string[]]>([
  ['nothing', {}, ['r0', 'r1', 'r2', 'r3']],
  ['an accent left out', { q: 'plantao' }, ['r1']],
  ['a name, in any order', { q: 'silva joao' }, ['r2']],
  ['a handle where there is no name', { q: 'grupo@' }, ['r3']],
  ['an instance by name and a label', { q: 'sao campanha' }, ['r2']],
  ['an id', { q: 't3' }, ['r3']],
  ['an instance', { instance: 'i2' }, ['r3']],
  ['an agent', { agent: 'a2' }, ['r2']],
  ['routes without an agent of their own', { agent: 'default' }, ['r3']],
  ['people', { scope: 'user' }, ['r2']],
  ['those that are inactive', { active: 'no' }, ['r2']],
  ['all at once', { q: 'joao', scope: 'user', active: 'no', instance: 'i1' }, ['r2']],
])('filterRows keeps %s', (_, filter, expected) => {
  expect(kept(filter)).toEqual(expected);
});

test('filterRows keeps what Omni found by the text, whatever is known of its name', () => {
  expect(kept({ q: 'zzz' }, new Set(['t0']))).toEqual(['r0']);
  expect(kept({ q: 'zzz', active: 'no' }, new Set(['t0']))).toEqual([]);
});

test('sortRows orders totally: the same rows come out in the same order, and downwards', () => {
  expect(ids(sortRows(rows, 'instance', names))).toEqual(['r3', 'r1', 'r0', 'r2']);
  expect(ids(sortRows(rows, 'label', names))).toEqual(['r2', 'r1', 'r0', 'r3']);
  expect(ids(sortRows(rows, '-updated', names)).at(0)).toBe('r1');
  expect(ids(sortRows(rows, '-priority', names)).at(0)).toBe('r1');
  for (const by of SORTS.flatMap((each) => [each, `-${each}` as const])) {
    expect(ids(sortRows(rows.toReversed(), by, names))).toEqual(ids(sortRows(rows, by, names)));
  }
});

test('sortRows orders by the name of the chat or person, and puts what has no name or label last, upwards and downwards', () => {
  expect(ids(sortRows(rows, 'target', names))).toEqual(['r3', 'r2', 'r0', 'r1']);
  expect(ids(sortRows(rows, '-target', names))).toEqual(['r2', 'r3', 'r0', 'r1']);
  expect(ids(sortRows(rows, '-label', names))).toEqual(['r1', 'r2', 'r0', 'r3']);
  expect(ids(sortRows(rows, '-agent', names)).at(-1)).toBe('r3');
});

test('listCommand has a command where the command line can do the same', () => {
  const instance = '11111111-1111-4111-8111-111111111111';
  expect(listCommand({ ...NO_FILTER, instance, scope: 'chat', active: 'yes' })).toEqual({
    lines: [`omni routes list --instance ${instance} --scope chat --active`],
  });
  expect(listCommand(NO_FILTER)).toEqual({ lines: [] });
  expect(listCommand({ ...NO_FILTER, instance, active: 'no' })).toEqual({ lines: [] });
});
