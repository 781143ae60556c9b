import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OVERRIDES } from '#lib/routes/editor/overrides.ts';
import { packId, unpackId } from './packed-id.ts';
import { inPackedOrder, packNames, packRoutes, unpackNames, unpackRoutes, unpackTargets } from './packed-routes.ts';
import type { RouteName } from './route-name.ts';
import type { AgentState, RouteRow } from './route-row.ts';

const STATES: AgentState[] = ['active', 'inactive', 'missing', 'not-seen', 'default', 'older'];
const line = fc.string({ unit: 'grapheme' }).filter((text) => !/[\r\n\u2028\u2029]/.test(text));
const label = line.map((text) => text || null);
const row = fc.record<RouteRow>({
  id: fc.uuid(),
  instanceId: fc.constantFrom('i1', 'i2', 'i3'),
  instance: fc.constant('Loja'),
  channel: fc.constant(null),
  scope: fc.constantFrom('chat', 'user'),
  targetId: fc.oneof(fc.uuid(), fc.constant('')),
  agentId: fc.option(fc.uuid()),
  agent: fc.option(fc.string()),
  agentState: fc.constantFrom(...STATES),
  label,
  priority: fc.integer(),
  active: fc.boolean(),
  own: fc.subarray([...OVERRIDES]),
  updatedAt: fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => new Date(seconds * 1000).toISOString()),
});

test('packRoutes keeps all of a row, and unpackRoutes gives it back', () => {
  fc.assert(
    fc.property(fc.array(row), (rows) => {
      const packed = packRoutes(rows);
      expect(unpackRoutes(packed)).toEqual(inPackedOrder(rows));
      expect(unpackTargets(packed)).toEqual(inPackedOrder(rows).map(({ targetId }) => ({ targetId })));
    }),
  );
});

test('packRoutes makes one line of a label with line breaks', () => {
  const [one] = fc.sample(row, 1);
  if (!one) throw new Error('no row');
  const [back] = unpackRoutes(packRoutes([{ ...one, label: 'VIP\nnoite' }]));
  expect(back?.label).toBe('VIP noite');
});

test('packId writes a UUID as 22 characters', () => {
  fc.assert(
    fc.property(fc.uuid(), (id) => {
      expect(packId(id)).toHaveLength(22);
      expect(unpackId(packId(id))).toBe(id);
    }),
  );
});

test('packNames keeps each state, and the handle of what has no name', () => {
  const names: RouteName[] = [
    { id: 'a', name: 'Ana\tSouza', handle: null, state: 'known' },
    { id: 'b', name: null, handle: '5511@g.us', state: 'known' },
    { id: 'c', name: null, handle: null, state: 'known' },
    { id: 'd', name: null, handle: null, state: 'gone' },
    { id: 'e', name: null, handle: null, state: 'failed' },
  ];
  const targets = ['x', 'a', 'b', 'y', 'c', 'd', 'e', 'z'].map((targetId) => ({ targetId }));
  const packed = packNames(targets, new Map(names.map((name) => [name.id, name])));
  expect(unpackNames(targets, packed)).toEqual(names);
  expect(unpackNames(targets, '')).toEqual([]);
});
