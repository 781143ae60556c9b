import { expect } from 'vitest';
import { expectIssues, expectNotFound, notOneOf } from './suite/issues.ts';
import { at, data, items, NOBODY, text, words } from './suite/omni.ts';
import { state, stateInside, stateUnproved } from './suite/statements.ts';
import { duplicate, unreadable } from './suite/variants.ts';

const CHAT = words(`
  id instanceId externalId canonicalId chatType channel name participantCount messageCount unreadCount
  lastMessageAt lastMessagePreview createdAt updatedAt archivedAt deletedAt`);

state(
  'J2 J3 J4',
  'status is stored, not live; a bad UUID is 500, an unknown id 404',
  async ({ call, newInstance, variant }) => {
    const id = await newInstance();
    const fields = [
      'instanceId',
      'state',
      'isConnected',
      'connectedAt',
      'profileName',
      'profilePicUrl',
      'ownerIdentifier',
    ];
    expect(Object.keys(data(await call('GET', `/instances/${id}/status`)))).toEqual(expect.arrayContaining(fields));
    variant(await call('GET', '/instances/zzz'), unreadable);
    expectNotFound(await call('GET', `/instances/${NOBODY}`), 'Instance', NOBODY);
  },
);

state(
  'J5 J6',
  'a used name is refused by the constraint, a bad channel by zod',
  async ({ call, unique, variant, newInstance }) => {
    const name = text(await call('GET', `/instances/${await newInstance()}`), 'data.name');
    variant(await call('POST', '/instances', { name, channel: 'telegram' }), duplicate('name'));
    const refused = await call('POST', '/instances', { name: unique('q'), channel: 'sms' });
    const options = at(refused, 'error.issues.0.options') as string[];
    variant(refused, {
      'channels of February': () => options.includes('whatsapp-cloud'),
      'channels of the current source': () => options.includes('whatsapp-business'),
    });
    expectIssues(refused, notOneOf('channel', 'sms', options));
  },
);

state('J7 J8', "a provider's key is masked, its name is unique", async ({ call, provider, variant }) => {
  const id = await provider({ apiKey: 'hidden', schemaConfig: { apiKey: 'x', agentId: 'vendas' } });
  const row = items(await call('GET', '/providers')).find((one) => one.id === id) ?? {};
  expect(row.apiKey).toBe('********');
  expect(at(await call('GET', `/providers/${id}`), 'data.schemaConfig.agentId')).toBe('vendas');
  const again = await call('POST', '/providers', { name: row.name, baseUrl: 'http://127.0.0.1:1' });
  variant(again, duplicate('name'));
});

state('J9', 'health answers without data around it, an error for who does not listen', async ({ call, provider }) => {
  const answer = await call('POST', `/providers/${await provider()}/health`, {});
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({ healthy: false, latency: expect.any(Number) as number });
  expect(text(answer, 'error').length).toBeGreaterThan(0);
});

state('J10', 'a deleted provider leaves its agents without one, and their routes alone', async (trial) => {
  const { call } = trial;
  const agentProviderId = await trial.provider();
  const [agentId, instance] = [await trial.newAgent({ agentProviderId }), await trial.newInstance()];
  await trial.route(instance, { scope: 'chat', chatId: await trial.chat(), agentId });
  expect((await call('DELETE', `/providers/${agentProviderId}`)).body).toEqual({ success: true });
  expect(at(await call('GET', `/agents/${agentId}`), 'data.agentProviderId')).toBeNull();
  expect(items(await call('GET', `/instances/${instance}/routes`))).toHaveLength(1);
});

state('J11 J12', 'chats have their fields and a search', async ({ call, chat }) => {
  const row = data(await call('GET', `/chats/${await chat()}`));
  expect(Object.keys(row)).toEqual(expect.arrayContaining(CHAT));
  const path = `/chats?includeArchived=1&limit=500&search=${encodeURIComponent(String(row.externalId))}`;
  expect(items(await call('GET', path)).map((one) => one.id)).toContain(row.id);
});

stateInside(
  'J13',
  'chats without a last message come first, and a page that ends with one has no cursor',
  async (trial) => {
    const instanceId = await trial.newInstance();
    const moment = Date.parse('2026-01-01') * 1000;
    const chats = [{ lastMessageAt: moment }, {}, {}, { lastMessageAt: moment - 1_000_000 }];
    await trial.inside().rows({ chats: chats.map((chat) => ({ instanceId, ...chat })) });
    const first = await trial.call('GET', `/chats?instanceId=${instanceId}&limit=2`);
    expect(items(first).map((row) => row.lastMessageAt)).toEqual([null, null]);
    expect(at(first, 'meta.hasMore')).toBe(true);
    expect(Object.keys(first.body.meta as object)).not.toContain('cursor');
    const three = await trial.call('GET', `/chats?instanceId=${instanceId}&limit=3`);
    expect(at(three, 'meta.cursor')).toBe('2026-01-01T00:00:00.000Z');
    const rest = await trial.call('GET', `/chats?instanceId=${instanceId}&limit=3&cursor=2026-01-01T00:00:00.000Z`);
    expect(items(rest)).toHaveLength(1);
  },
);

state('J14', "the instances' cursor is an id", async ({ call, instance, otherInstance }) => {
  await Promise.all([instance(), otherInstance()]);
  const answer = await call('GET', '/instances?limit=1');
  expect(answer.body.meta).toEqual({ hasMore: true, cursor: items(answer)[0]?.id });
});

stateInside('J15', 'the 1,001st call of a minute is 429, without Retry-After, and health goes on', async (trial) => {
  const inside = trial.inside();
  const { secret } = await trial.key({});
  const ask = () => trial.call('GET', '/routes/metrics', undefined, { key: secret });
  await inside.rateLimit(1000);
  for (let hundred = 0; hundred < 10; hundred += 1) {
    const answers = await Promise.all(Array.from({ length: 100 }, ask));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
  }
  const refused = await ask();
  expect(refused.status).toBe(429);
  const details = { retryAfterMs: expect.any(Number) as number, limit: 1000, windowMs: 60_000 };
  const message = 'Too many requests. Please slow down.';
  expect(refused.body).toEqual({ error: { code: 'RATE_LIMITED', message, details } });
  expect(refused.headers.get('retry-after')).toBeNull();
  expect(refused.headers.get('x-ratelimit-remaining')).toBe('0');
  expect((await trial.call('POST', '/auth/validate', undefined, { key: secret })).status).toBe(429);
  expect((await trial.call('GET', '/health', undefined, { key: null })).status).toBe(200);
  await inside.moveClock(60_001);
  expect((await ask()).status).toBe(200);
  await inside.rateLimit(100_000);
});

stateUnproved('§6', 'a provider patched without supportsImages loses it', async ({ call, provider }) => {
  const id = await provider({ supportsImages: true });
  expect(at(await call('PATCH', `/providers/${id}`, { description: 'x' }), 'data.supportsImages')).toBe(false);
});

stateUnproved('§7.2', 'a config change is recorded with actor, before and after; a merge is not', async (trial) => {
  const { call, unique } = trial;
  const audit = await call('GET', '/audit?limit=1');
  if (audit.status !== 200) return trial.skip('this release has no /audit');
  const [agent, actor] = [await trial.newAgent(), unique('actor')];
  await call('PATCH', `/agents/${agent}`, { model: 'novo' }, { headers: { 'x-omni-actor': actor } });
  const list = await call('GET', `/audit?actor=${actor}`);
  expect(list.body.meta).toEqual({ hasMore: false, cursor: null });
  const change = { model: { before: null, after: 'novo' } };
  expect(items(list)).toMatchObject([
    { action: 'agent.update', targetType: 'agent', targetId: agent, changes: change },
  ]);
  expect((await call('GET', '/audit?cursor=zzz')).status).toBe(400);
  return undefined;
});

stateUnproved('§6', 'automations are listed with their conditions', async ({ call }) => {
  const answer = await call('GET', '/automations');
  expect(answer.status).toBe(200);
  for (const row of items(answer))
    expect(Object.keys(row)).toEqual(expect.arrayContaining(['id', 'name', 'actions', 'enabled']));
});
