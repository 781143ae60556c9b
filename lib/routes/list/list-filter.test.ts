import { describe, expect, test } from 'vitest';
import { listCommand } from './list-command.ts';
import {
  decidedByNames,
  filterRows,
  mayFit,
  MISSED,
  NO_FILTER,
  sortRows,
  SORTS,
  whyMissing,
  type RouteNames,
  type RoutesFilter,
  type TargetsFound,
} from './list-filter.ts';
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

describe('routes list: what a search may have left out', () => {
  const [chat, person] = [base, { ...base, id: 'r9', scope: 'user', targetId: 't9' } as const];
  const missed = (user: (typeof MISSED)[number], own: (typeof MISSED)[number] = 'nothing'): TargetsFound => ({
    ids: [],
    missed: { chat: own, user },
  });
  const read: RouteNames = new Map([
    ['t0', { id: 't0', name: 'Grupo', handle: null, state: 'known' }],
    ['t9', { id: 't9', name: 'Zoé', handle: null, state: 'known' }],
  ]);
  const unread: RouteNames = new Map();

  test('mayFit: a row whose name was read is sure, but for a search that stopped or failed; without the name it depends', () => {
    const fits = (q: string, names: RouteNames) => MISSED.filter((why) => mayFit(person, q, names, missed(why)));
    expect(fits('ana', read)).toEqual(['limit', 'failed']);
    expect(fits('ana', unread)).toEqual(['accents', 'limit', 'failed', 'forbidden']);
    // Omni knows no word of the row besides the name: a search of two words that found all may lack this person.
    expect(fits('vendas ana', unread)).toEqual([...MISSED]);
    expect(fits('vendas ana', new Map([['t9', { id: 't9', name: null, handle: null, state: 'gone' }]]))).toEqual([
      'limit',
      'failed',
    ]);
  });

  test('whyMissing: says nothing where no row is left out, else the reason: a failure is no limit, a missing permission no failure', () => {
    const why = (found: TargetsFound, names = unread, kept: RouteRow[] = []) =>
      whyMissing([chat, person], { ...NO_FILTER, q: 'ana' }, kept, names, found);
    expect(why(missed('failed'), read, [chat, person])).toBeNull();
    expect(why(missed('nothing'))).toBeNull();
    expect(why(missed('accents'), read)).toBeNull();
    expect(why(missed('accents'))).toEqual({ why: 'people', count: 1 });
    expect(why(missed('limit'))).toEqual({ why: 'limit' });
    expect(why(missed('failed', 'limit'))).toEqual({ why: 'failed' });
    expect(why(missed('forbidden'))).toEqual({ why: 'forbidden', scope: 'persons:read' });
    expect(why(missed('nothing', 'forbidden'))).toEqual({ why: 'forbidden', scope: 'chats:read' });
    const failing: RouteNames = new Map([['t9', { id: 't9', name: null, handle: null, state: 'failed' }]]);
    expect(why(missed('accents'), failing)).toEqual({ why: 'names', count: 1 });
    expect(
      whyMissing([chat, person], { ...NO_FILTER, q: 'ana', scope: 'chat' }, [], read, missed('failed')),
    ).toBeNull();
  });

  test('decidedByNames: every chat, and people only where the search may lack them, at most 200', () => {
    const many = Array.from({ length: 300 }, (_, at) => ({ ...person, id: `p${at}`, targetId: `q${at}` }));
    const asked = (q: string, found: TargetsFound | null) =>
      decidedByNames([chat, ...many], { ...NO_FILTER, q }, [], found).length;
    expect(asked('', missed('accents'))).toBe(0);
    expect(asked('ana', null)).toBe(1);
    expect(asked('ana', missed('nothing'))).toBe(1);
    expect(asked('ana', missed('accents'))).toBe(201);
    expect(asked('vendas ana', missed('nothing'))).toBe(201);
  });
});
