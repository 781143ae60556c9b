import { expect, test } from 'vitest';
import { bestRoutes, routeHit } from './find.ts';
import type { RouteRow } from './route-row.ts';

function row(id: string, more: Partial<RouteRow> = {}): RouteRow {
  return {
    id,
    instanceId: 'i',
    instance: 'Vendas SP',
    channel: null,
    scope: 'chat',
    targetId: `t-${id}`,
    agentId: null,
    agent: 'Concierge',
    agentState: 'active',
    label: null,
    priority: 0,
    active: true,
    own: [],
    updatedAt: id,
    ...more,
  };
}

const ids = (rows: readonly RouteRow[]) => rows.map(({ id }) => id);

test('bestRoutes ranks a label before the target, and that before agent and instance; active routes come first', () => {
  const rows = [
    row('instance'),
    row('off', { label: 'Vendas', active: false }),
    row('target', { instance: 'Suporte' }),
    row('label', { label: 'Vendas' }),
    row('other', { instance: 'Suporte' }),
  ];
  expect(ids(bestRoutes(rows, 'vendas', new Set(['t-target'])))).toEqual(['label', 'off', 'target', 'instance']);
  expect(ids(bestRoutes(rows, 'são', new Set()))).toEqual([]);
  expect(bestRoutes(rows, '', new Set())).toHaveLength(5);
});

test('routeHit has the name of its chat or person, as far as it is known', () => {
  const name = { id: 't-a', handle: '5511', instanceId: null, canonicalId: null };
  expect(routeHit(row('a'), { ...name, name: 'Ana', state: 'known' }).target).toBe('Ana');
  expect(routeHit(row('a'), { ...name, name: null, state: 'known' }).target).toBe('5511');
  expect(routeHit(row('a'), { ...name, name: null, state: 'gone' }).target).toBeNull();
  expect(routeHit(row('a'), undefined).target).toBeNull();
});
