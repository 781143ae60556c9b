import { expect, test } from 'vitest';
import { agentList } from './agents.ts';
import { auditPage } from './audit.ts';
import { automationsNaming } from './automations.ts';
import { instanceAnswer } from './instances.ts';
import { newKeyAnswer } from './keys.ts';
import { presence, timelinePage } from './persons.ts';
import { providerList } from './providers.ts';
import { routeList } from './routes.ts';

const ID = 'dddddd01-0000-4000-8000-000000000001';
const times = { createdAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-01T00:00:00.000Z' };

test('omni schemas: a route of the older generation is read', () => {
  const old = {
    id: ID,
    instanceId: ID,
    scope: 'user',
    chatId: null,
    personId: ID,
    agentProviderId: ID,
    agentId: 'vendas',
    agentType: 'agent',
    agentSessionStrategy: 'per_user_per_chat',
    priority: 0,
    isActive: true,
    ...times,
  };
  const [route] = routeList.parse({ items: [old] });
  expect(route).toMatchObject({ agentId: 'vendas', agentProviderId: ID, label: null, messageDebounceMode: null });
});

test('omni schemas: an instance of the older generation has no secrets', () => {
  const answer = instanceAnswer.parse({
    data: {
      id: ID,
      name: 'dc',
      channel: 'a-channel-of-next-year',
      discordBotToken: 'SECRET',
      slackSigningSecret: 'SECRET',
      agentApiKey: 'SECRET',
      profileMetadata: { token: 'SECRET' },
      agentId: 'vendas',
      ...times,
    },
  });
  expect(answer).toMatchObject({ channel: 'a-channel-of-next-year', agentId: 'vendas', accessMode: null });
  expect(JSON.stringify(answer)).not.toContain('SECRET');
});

test('omni schemas: a new key’s hash is left out, the key itself is not', () => {
  const row = { id: ID, name: 'n', keyPrefix: 'abcd', keyHash: 'HASH', scopes: ['*'], status: 'active', usageCount: 0 };
  const answer = newKeyAnswer.parse({ data: { ...row, tenantId: 'TENANT', ...times, plainTextKey: 'omni_sk_once' } });
  expect(answer).toMatchObject({ plainTextKey: 'omni_sk_once', instanceIds: null, profile: null, chatAllowlist: [] });
  expect(JSON.stringify(answer)).not.toMatch(/HASH|TENANT/);
});

test('omni schemas: "all instances" and "no instance" stay apart', () => {
  const row = {
    id: ID,
    name: 'n',
    keyPrefix: 'a',
    scopes: [],
    status: 'active',
    usageCount: 0,
    plainTextKey: 'k',
    ...times,
  };
  expect(newKeyAnswer.parse({ data: { ...row, instanceIds: null } }).instanceIds).toBeNull();
  expect(newKeyAnswer.parse({ data: { ...row, instanceIds: [] } }).instanceIds).toEqual([]);
});

test('omni schemas: a timeline has no raw payloads', () => {
  const event = { id: ID, channel: 'slack', eventType: 'message.received', receivedAt: '2026-01-01T00:00:00Z' };
  const raw = { rawPayload: 'RAW', agentRequest: 'RAW', agentResponse: 'RAW', metadata: 'RAW', errorMessage: 'RAW' };
  const page = timelinePage.parse({ items: [{ ...event, ...raw }], meta: { hasMore: false } });
  expect(page.items[0]).toMatchObject({ id: ID, textContent: null });
  expect(JSON.stringify(page)).not.toContain('RAW');
});

test('omni schemas: a presence keeps identities once and channels as numbers', () => {
  const person = { id: ID, ...times };
  const identity = { id: ID, channel: 'x', platformUserId: '1', messageCount: 2, profileData: { a: 1 }, ...times };
  const summary = { totalIdentities: 1, activeChannels: ['x'], totalMessages: 2, lastSeenAt: null, firstSeenAt: null };
  const byChannel = { x: { identities: [identity], messageCount: 2, lastSeenAt: null } };
  const answer = presence.parse({ data: { person, identities: [identity], summary, byChannel } });
  expect(answer.byChannel).toEqual({ x: { messageCount: 2, lastSeenAt: null } });
  expect(answer.identities[0]).toMatchObject({ linkedBy: null, confidence: null, firstSeenAt: null });
  expect(answer.identities[0]).not.toHaveProperty('profileData');
});

test('omni schemas: a provider’s address has no password, its config is left out', () => {
  const row = {
    id: ID,
    name: 'p',
    schema: 'agno',
    isActive: true,
    apiKey: '********',
    schemaConfig: { a: 'SECRET' },
    ...times,
  };
  const urls = ['https://user:SECRET@agno.example/x?key=SECRET', 'nats://u:SECRET@host:4222', 'no address SECRET'];
  const list = providerList.parse({ items: urls.map((baseUrl) => ({ ...row, baseUrl })) });
  expect(list.map(({ baseUrl }) => baseUrl)).toEqual(['https://agno.example/x', 'nats://host:4222', '']);
  expect(JSON.stringify(list)).not.toContain('SECRET');
});

test('omni schemas: an agent’s metadata is cut down to the id at its provider', () => {
  const row = { id: ID, name: 'a', provider: 'agno', isActive: true, ...times };
  const metadata = [{ providerAgentId: 'vendas', token: 'SECRET' }, { agentId: 'x' }, 'odd', null];
  const list = agentList.parse({ items: metadata.map((one) => ({ ...row, metadata: one })) });
  expect(list.map((agent) => agent.metadata)).toEqual([{ providerAgentId: 'vendas' }, {}, null, null]);
});

test('omni schemas: automations give the ids they name, and nothing around them', () => {
  const rows = [
    { id: 'a1', name: 'one', enabled: true, actions: [{ url: 'https://SECRET', personId: ID.toUpperCase() }] },
    { id: 'a2', name: 'two', enabled: false, actions: [] },
  ];
  expect(automationsNaming([ID, 'other']).parse({ items: rows })).toEqual([
    { id: 'a1', name: 'one', enabled: true, ids: [ID] },
  ]);
});

test('omni schemas: an audit entry keeps the name of a secret field and nothing of its values', () => {
  const changes = {
    name: { before: 'a', after: 'b' },
    slackBotToken: { before: 'sha256:000000000001', after: 'sha256:000000000002' },
  };
  const entry = { id: ID, method: 'PATCH', path: '/x', statusCode: 200, action: 'instance.update', changes };
  const page = auditPage.parse({ items: [{ ...entry, ...times }], meta: { hasMore: false, cursor: null } });
  expect(page.items[0]?.changes).toEqual({
    name: { before: 'a', after: 'b', hidden: false },
    slackBotToken: { before: null, after: null, hidden: true },
  });
  expect(page.meta.cursor).toBeUndefined();
});
