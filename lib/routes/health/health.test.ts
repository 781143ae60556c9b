import { expect, test } from 'vitest';
import type { Agent } from '#lib/omni/schemas/agents.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import type { Provider } from '#lib/omni/schemas/providers.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { valueOf } from '#lib/omni/seen.ts';
import { checkRoutes, countReasons, type HealthFacts } from './health.ts';

const NOW = Date.parse('2026-06-01T12:00:00Z');
const instance = { id: 'i', name: 'Loja', agentId: 'a0', isActive: true, agentTimeout: 600 } as Instance;
const agents = valueOf([
  { id: 'a0', name: 'Padrão', isActive: true, agentProviderId: 'p0' },
  { id: 'a1', name: 'Vendas', isActive: true, agentProviderId: 'p0' },
  { id: 'off', name: 'Antigo', isActive: false, agentProviderId: null },
  { id: 'dark', name: 'Escuro', isActive: true, agentProviderId: 'p-off' },
  { id: 'lost', name: 'Perdido', isActive: true, agentProviderId: 'p-gone' },
] as Agent[]);
const providers = valueOf([
  { id: 'p0', name: 'Agno', isActive: true },
  { id: 'p-off', name: 'Velho', isActive: false },
] as Provider[]);
const notSeen = { is: 'forbidden', scope: 'agents:read' } as const;
const CHAT = '11111111-1111-4111-8111-111111111111';
const route = {
  id: 'r',
  instanceId: 'i',
  scope: 'chat',
  chatId: CHAT,
  personId: null,
  agentId: 'a1',
  isActive: true,
  updatedAt: '2026-05-30T00:00:00.000Z',
} as Route;

const reasons = (own: Partial<Route>, more: Partial<HealthFacts> = {}) =>
  checkRoutes({ instance, routes: [{ ...route, ...own } as Route], agents, providers, now: NOW, ...more }).map(
    ({ reason }) => reason,
  );

test.each<[string, Partial<Route>, Partial<HealthFacts>, string[]]>([
  ['a route that does its work', {}, {}, []],
  ['an agent that is gone', { agentId: 'nobody' }, {}, ['agent-missing']],
  ['an inactive agent', { agentId: 'off' }, {}, ['agent-off']],
  ['an inactive provider', { agentId: 'dark' }, {}, ['provider-off']],
  ['a provider that is gone', { agentId: 'lost' }, {}, ['provider-missing']],
  [
    'an inactive provider of the older generation, which names the agent there',
    { agentId: 'vendas-bot', agentProviderId: 'p-off' },
    { agents: { is: 'absent', generation: 'february' } },
    ['provider-off'],
  ],
  ['providers nobody may see', { agentId: 'dark' }, { providers: notSeen }, []],
  ['agents nobody may see', { agentId: 'nobody' }, { agents: notSeen }, []],
  ['no agent, where the instance has one', { agentId: null, agentTimeout: 5 }, {}, ['no-agent']],
  ['no agent anywhere', { agentId: null }, { instance: { ...instance, agentId: null } }, ['nobody']],
  ['the agent of the instance and nothing else', { agentId: 'a0' }, {}, ['changes-nothing']],
  ['the agent of the instance with a setting of its own', { agentId: 'a0', agentTimeout: 5 }, {}, []],
  ['a setting that says what the instance says', { agentTimeout: 600 }, {}, ['same-settings']],
  ['an inactive instance', {}, { instance: { ...instance, isActive: false } }, ['instance-off']],
  ['inactive since yesterday', { isActive: false }, {}, ['inactive']],
  [
    'inactive since January',
    { isActive: false, updatedAt: '2026-01-01T00:00:00.000Z', agentId: 'nobody' },
    {},
    ['inactive'],
  ],
])('checkRoutes: %s', (_, own, more, expected) => {
  expect(reasons(own, more)).toEqual(expected);
});

test('checkRoutes does not call a chat route idle that comes before the routes of people in the chat', () => {
  const chats = { ...route, agentId: 'a0' } as Route;
  const own = (more: Partial<Route>) =>
    ({ ...route, id: 'u', scope: 'user', chatId: null, personId: 'p', agentId: 'a1', ...more }) as Route;
  const of = (mine: Route) =>
    checkRoutes({ instance, routes: [chats, mine], agents, providers, now: NOW })
      .filter(({ routeId }) => routeId === 'r')
      .map(({ reason }) => reason);
  expect(of(own({}))).toEqual([]);
  expect(of(own({ agentId: 'a0', agentTimeout: 5 }))).toEqual([]);
  expect(of(own({ isActive: false }))).toEqual(['changes-nothing']);
  expect(of(own({ agentId: 'a0' }))).toEqual(['changes-nothing']);
});

test('countReasons counts gravest first', () => {
  const found = (['inactive', 'nobody', 'inactive', 'agent-off'] as const).map((reason) => ({ reason }));
  expect(countReasons(found)).toEqual([
    { reason: 'nobody', count: 1 },
    { reason: 'agent-off', count: 1 },
    { reason: 'inactive', count: 2 },
  ]);
});
