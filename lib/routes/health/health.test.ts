import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { omniFor } from '#lib/operations/testing/bed.ts';
import type { Agent } from '#lib/omni/schemas/agents.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import type { Provider } from '#lib/omni/schemas/providers.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { createControl, type Control } from '../../../sandbox/wire/control/control-client.ts';
import { startSandbox, type Sandbox } from '../../../sandbox/wire/server.ts';
import { checkRoutes, countReasons, type Finding, type HealthFacts } from './health.ts';
import { readHealth, checkTargets, type HealthRead } from './health-read.ts';
import { valueOf } from '#lib/omni/seen.ts';
import { agentsSeen, readRoutes } from '#lib/routes/list/list.ts';

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

let sandbox: Sandbox;
let control: Control;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, persons: 100 });
  control = createControl(sandbox.url);
  await control.rateLimit(1_000_000);
});
afterAll(() => sandbox.stop());

test('checkTargets finds chats elsewhere and twice, people without an identity, and routes that a chat route comes before', async () => {
  const [here, there] = [randomUUID(), randomUUID()];
  const [agent, ana, bia] = [randomUUID(), randomUUID(), randomUUID()];
  const chats = { far: randomUUID(), one: randomUUID(), two: randomUUID(), anas: randomUUID() };
  const ids = {
    far: randomUUID(),
    one: randomUUID(),
    two: randomUUID(),
    anas: randomUUID(),
    ana: randomUUID(),
    bia: randomUUID(),
  };
  const base = { instanceId: here, agentId: agent };
  await control.rows({
    agents: [{ id: agent, name: 'Vendas' }],
    instances: [
      { id: here, name: 'Aqui' },
      { id: there, name: 'Ali' },
    ],
    persons: [{ id: ana }, { id: bia }],
    platform_identities: [
      { personId: ana, instanceId: here, platformUserId: '5511987654321@s.whatsapp.net' },
      { personId: bia, instanceId: there },
    ],
    chats: [
      { id: chats.far, instanceId: there, name: 'Longe' },
      { id: chats.one, instanceId: here, canonicalId: 'mesmo', name: 'Um' },
      { id: chats.two, instanceId: here, canonicalId: 'mesmo', name: 'Dois' },
      { id: chats.anas, instanceId: here, externalId: '5511987654321@s.whatsapp.net', name: 'Ana' },
    ],
    agent_routes: [
      ...(['far', 'one', 'two', 'anas'] as const).map((name) => ({
        ...base,
        id: ids[name],
        scope: 'chat',
        chatId: chats[name],
        label: name,
      })),
      { ...base, id: ids.ana, scope: 'user', personId: ana },
      { ...base, id: ids.bia, scope: 'user', personId: bia },
    ],
  });
  const omni = omniFor(sandbox.url, sandbox.keys.admin);
  const health = await readHealth(omni, { scopes: ['*'], instances: 'all' });
  if (!health.ok) throw new Error(health.error.kind);
  const found: Finding[] = [];
  let last = { checked: 0, total: 0, failed: 0 };
  await checkTargets(
    omni,
    ['*'],
    health.value,
    ({ findings, ...progress }) => {
      found.push(...findings);
      last = progress;
    },
    new AbortController().signal,
  );
  expect([last.checked, last.failed]).toEqual([last.total, 0]);
  const of = (id: string) => found.filter(({ routeId }) => routeId === id).map(({ reason }) => reason);
  expect(Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, of(id)]))).toEqual({
    far: ['chat-elsewhere'],
    one: ['duplicate'],
    two: ['duplicate'],
    anas: [],
    ana: ['shadowed'],
    bia: ['no-identity'],
  });
  // What is called shadowed is beaten in that chat, by the route that is named.
  const answer = await control.whoAnswers({ instanceId: here, chatId: chats.anas, personId: ana });
  expect(answer.route?.id).toBe(ids.anas);
});

test('readHealth names the scopes that are missing, and checkTargets asks for nothing without them', async () => {
  const scopes = ['routes:read', 'instances:read'];
  const omni = omniFor(sandbox.url, sandbox.keys.admin);
  const health = await readHealth(omni, { scopes, instances: 'all' });
  if (!health.ok) throw new Error(health.error.kind);
  expect(health.value.needs).toEqual(['agents:read', 'providers:read', 'chats:read', 'persons:read']);
  await control.clearCalls();
  await checkTargets(omni, scopes, health.value, ({ total }) => expect(total).toBe(0), new AbortController().signal);
  expect((await control.calls()).items).toEqual([]);
});

test('readHealth says that agents could not be read, and finds nothing about routes for that', async () => {
  const omni = omniFor(sandbox.url, sandbox.keys.consoleAdmin ?? '');
  await control.fault({ kind: 'status', status: 503, path: '/(agents|providers)$', times: null });
  const health = await readHealth(omni, { scopes: ['*'], instances: 'all' });
  await control.clearFaults();
  if (!health.ok) throw new Error(health.error.kind);
  expect(health.value).toMatchObject({ unread: ['agents', 'providers'], needs: [], agents: { is: 'failed' } });
  expect(health.value.findings.filter(({ reason }) => reason === 'agent-missing')).toEqual([]);
});

test('countReasons counts gravest first', () => {
  const found = (['inactive', 'nobody', 'inactive', 'agent-off'] as const).map((reason) => ({ reason }));
  expect(countReasons(found)).toEqual([
    { reason: 'nobody', count: 1 },
    { reason: 'agent-off', count: 1 },
    { reason: 'inactive', count: 2 },
  ]);
});

test('checkTargets counts a chat with routes on two instances twice', async () => {
  const [one, two, chatId] = [randomUUID(), randomUUID(), randomUUID()];
  await control.rows({
    instances: [{ id: one }, { id: two }],
    chats: [{ id: chatId, instanceId: one, name: 'Duas vezes' }],
    agent_routes: [one, two].map((instanceId) => ({ instanceId, scope: 'chat', chatId })),
  });
  const omni = omniFor(sandbox.url, sandbox.keys.admin);
  const instances = [one, two].map((id) => ({ id, name: id }));
  const seen = await readRoutes(omni, instances, agentsSeen(valueOf([])));
  const health: HealthRead = {
    seen,
    findings: [],
    instances: new Map(),
    agents: valueOf([]),
    providers: valueOf([]),
    needs: [],
    unread: [],
  };
  const progress: { checked: number; failed: number }[] = [];
  await checkTargets(omni, ['*'], health, (line) => void progress.push(line), new AbortController().signal);
  expect(progress.at(-1)).toMatchObject({ checked: 2, failed: 0 });
});
