import { expect } from 'vitest';
import { custom, expectIssues, expectNotFound, invalid, missing, notOneOf } from './suite/issues.ts';
import { at, data, items, NOBODY, text, words } from './suite/omni.ts';
import { state, stateUnproved } from './suite/statements.ts';
import type { Trial } from './suite/trial.ts';
import { duplicateRoute, missingReference, unreadable } from './suite/variants.ts';

const ROUTE = words(`
  id instanceId scope chatId personId agentId agentTimeout agentStreamMode agentReplyFilter
  agentSessionStrategy agentPrefixSenderName agentWaitForMedia agentSendMediaPath agentSendMediaPathTypes
  agentGateEnabled agentGateModel agentGatePrompt messageDebounceMode messageDebounceMinMs
  messageDebounceMaxMs messageDebounceGroupMs messageDebounceRestartOnTyping messageDebounceMaxWaitMs
  messageSplitDelayMode messageSplitDelayFixedMs messageSplitDelayMinMs messageSplitDelayMaxMs enableAutoSplit
  reactionAck reactionAckEmoji ackTimeoutMs agentAckMessage label priority isActive createdAt updatedAt
  tenantId`);

/** A fresh instance, an agent and a chat of wherever: everything a route needs. */
async function ground(trial: Trial, number = 0) {
  const [instance, agentId, chatId] = [await trial.newInstance(), await trial.agent(), await trial.chat(number)];
  const create = (rest: object = {}) => trial.route(instance, { scope: 'chat', chatId, agentId, ...rest });
  const path = `/instances/${instance}/routes`;
  const made = async (rest: object = {}) => text(await create(rest), 'data.id');
  return { instance, agentId, chatId, create, made, path };
}

state('F1 F10 F17', "a route may name another instance's chat, and the list has it whole", async (trial) => {
  const { create, path, instance, chatId, agentId } = await ground(trial);
  const answer = await create({ label: 'nova', priority: 3 });
  expect(answer.status).toBe(201);
  const own = { instanceId: instance, scope: 'chat', chatId, personId: null, agentId, label: 'nova', priority: 3 };
  expect(data(answer)).toMatchObject({ ...own, isActive: true });
  expect(Object.keys(data(answer)).toSorted()).toEqual(ROUTE.toSorted());
  expect(Object.values(data(answer)).filter((value) => value === null)).toHaveLength(28);
  expect((await trial.call('GET', path)).body).toEqual({ items: [answer.body.data] });
});

state('F2 F4', 'zod refuses a bad scope and a bad isActive', async (trial) => {
  const path = `/instances/${await trial.instance()}/routes`;
  expectIssues(await trial.call('GET', `${path}?scope=bad`), notOneOf('scope', 'bad', ['chat', 'user']));
  const booleans = { code: 'invalid_type', expected: 'boolean', received: 'string', path: ['isActive'] };
  const first = { ...booleans, message: 'Expected boolean, received string' };
  const second = notOneOf('isActive', 'xyz', ['true', 'false', '1', '0']);
  const unionErrors = [first, second].map((issue) => ({ issues: [issue], name: 'ZodError' }));
  const union = { code: 'invalid_union', unionErrors, path: ['isActive'], message: 'Invalid input' };
  expectIssues(await trial.call('GET', `${path}?isActive=xyz`), union);
});

state('F3', 'isActive=false filters, here and only here', async (trial) => {
  const { made, path } = await ground(trial);
  const id = await made({ isActive: false, priority: -1 });
  for (const value of ['false', '0']) {
    expect(items(await trial.call('GET', `${path}?isActive=${value}`)).map((row) => row.id)).toEqual([id]);
  }
  expect(items(await trial.call('GET', `${path}?isActive=true`))).toEqual([]);
});

state('F5 F6 F8 F9', 'an unknown instance has no routes; bad UUIDs are 500; an unknown route is 404', async (trial) => {
  const { call, variant } = trial;
  expect((await call('GET', `/instances/${NOBODY}/routes`)).body).toEqual({ items: [] });
  variant(await call('GET', '/instances/zzz/routes'), unreadable);
  const instance = await trial.instance();
  variant(await call('GET', `/instances/${instance}/routes/zzz`), unreadable);
  expectNotFound(await call('GET', `/instances/${instance}/routes/${NOBODY}`), 'AgentRoute', NOBODY);
});

state('F7 F31', 'through another instance a route is not there', async (trial) => {
  const id = await (await ground(trial)).made();
  const path = `/instances/${await trial.otherInstance()}/routes/${id}`;
  expectNotFound(await trial.call('GET', path), 'AgentRoute', id);
  expectNotFound(await trial.call('PATCH', path, { label: 'hijack' }), 'AgentRoute', id);
});

state('F11', 'a second route for a chat is refused, even beside an inactive one', async (trial) => {
  const { create } = await ground(trial);
  await create({ isActive: false });
  trial.variant(await create(), duplicateRoute('instance_id, chat_id'));
});

state('F12 F13', 'a second route for a person is refused; on another instance it is fine', async (trial) => {
  const [person, agentId] = [await trial.person(), await trial.agent()];
  const body = { scope: 'user', personId: person.id, agentId };
  const [one, two] = [await trial.newInstance(), await trial.newInstance()];
  expect((await trial.route(one, body)).status).toBe(201);
  trial.variant(await trial.route(one, body), duplicateRoute('instance_id, person_id'));
  expect((await trial.route(two, body)).status).toBe(201);
});

state('F14 F15', 'zod refuses a target that does not fit the scope, at the root', async (trial) => {
  const [instance, agentId, chatId] = [await trial.instance(), await trial.agent(), await trial.chat()];
  const chat = custom('chatId required (and only allowed) when scope is "chat"');
  const user = custom('personId required (and only allowed) when scope is "user"');
  expectIssues(await trial.route(instance, { scope: 'chat', agentId }), chat);
  expectIssues(await trial.route(instance, { scope: 'chat', chatId, personId: NOBODY, agentId }), user);
  expectIssues(await trial.route(instance, { scope: 'user', chatId, agentId }), chat, user);
});

state(
  'F16 F18 F19 F29',
  'a chat, instance or agent that does not exist is refused by the foreign key',
  async (trial) => {
    const { create, made, path, chatId, agentId } = await ground(trial);
    trial.variant(await create({ chatId: NOBODY }), missingReference);
    trial.variant(await trial.route(NOBODY, { scope: 'chat', chatId, agentId }), missingReference);
    trial.variant(await create({ agentId: NOBODY }), missingReference);
    trial.variant(await trial.call('PATCH', `${path}/${await made()}`, { agentId: NOBODY }), missingReference);
  },
);

state('F20', "the other generation's body is a 400", async (trial) => {
  const body = {
    scope: 'chat',
    chatId: await trial.chat(),
    agentProviderId: NOBODY,
    agentId: 'vendas',
    agentType: 'agent',
  };
  expectIssues(await trial.route(await trial.instance(), body), invalid('agentId', 'uuid'));
});

state('F21', 'an inactive agent is accepted', async (trial) => {
  const { create } = await ground(trial);
  expect((await create({ agentId: await trial.newAgent({ isActive: false }) })).status).toBe(201);
});

state('F22', 'every override is stored, a minimum above its maximum too', async (trial) => {
  const { create } = await ground(trial);
  const overrides = {
    agentTimeout: 30,
    agentStreamMode: true,
    agentSessionStrategy: 'per_chat',
    agentPrefixSenderName: false,
    agentWaitForMedia: true,
    agentSendMediaPath: false,
    agentReplyFilter: {
      mode: 'filtered',
      conditions: { onDm: true, onMention: false, onReply: true, onNameMatch: true },
    },
    agentGateEnabled: true,
    agentGateModel: 'gpt-4o-mini',
    agentGatePrompt: 'é pergunta?',
    messageDebounceMode: 'presence',
    messageDebounceMinMs: 500,
    messageDebounceMaxMs: 900,
    messageDebounceGroupMs: 0,
    messageDebounceRestartOnTyping: true,
    messageDebounceMaxWaitMs: 5000,
    messageSplitDelayMode: 'randomized',
    messageSplitDelayFixedMs: 0,
    messageSplitDelayMinMs: 100,
    messageSplitDelayMaxMs: 50,
    enableAutoSplit: false,
    reactionAck: 'on',
    reactionAckEmoji: { received: '👀' },
    ackTimeoutMs: 1000,
    agentAckMessage: 'já volto',
    label: 'tudo',
  };
  const answer = await create(overrides);
  expect(answer.status).toBe(201);
  expect(data(answer)).toMatchObject(overrides);
});

state('F23 F24', 'zod refuses an old session strategy and a timeout of nothing', async (trial) => {
  const { create } = await ground(trial);
  const strategies = notOneOf('agentSessionStrategy', 'per_user_per_chat', ['per_user', 'per_chat']);
  expectIssues(await create({ agentSessionStrategy: 'per_user_per_chat' }), strategies);
  const message = 'Number must be greater than 0';
  const small = { code: 'too_small', minimum: 0, type: 'number', inclusive: false, exact: false, message };
  expectIssues(await create({ agentTimeout: 0 }), { ...small, path: ['agentTimeout'] });
  const absent = await trial.route(await trial.instance(), {});
  expect(absent.status).toBe(400);
  expect(at(absent, 'error.issues.1')).toEqual(missing('agentId'));
});

state(
  'F25 F26 F27',
  'a patch changes label, priority and active; the target is dropped without a word',
  async (trial) => {
    const { made, path, chatId, agentId } = await ground(trial);
    const route = `${path}/${await made({ label: 'antes' })}`;
    const changed = await trial.call('PATCH', route, { label: 'x', isActive: false, priority: -5 });
    expect(data(changed)).toMatchObject({ label: 'x', isActive: false, priority: -5 });
    const moved = await trial.call('PATCH', route, { scope: 'user', chatId: NOBODY, personId: NOBODY });
    expect(moved.status).toBe(200);
    expect(data(moved)).toMatchObject({ scope: 'chat', chatId, personId: null, agentId });
    expect(data(await trial.call('PATCH', route, {}))).toMatchObject({ label: 'x', isActive: false, priority: -5 });
  },
);

state('F28 F30', 'null takes the agent or an override away', async (trial) => {
  const { made, path } = await ground(trial);
  const route = `${path}/${await made({ agentTimeout: 9, label: 'x' })}`;
  const answer = await trial.call('PATCH', route, { agentId: null, agentTimeout: null, agentReplyFilter: null });
  expect(data(answer)).toMatchObject({ agentId: null, agentTimeout: null, agentReplyFilter: null, label: 'x' });
});

state('F32 F33', 'a deleted route is gone, the second time 404', async (trial) => {
  const { made, path } = await ground(trial);
  const id = await made();
  expect((await trial.call('DELETE', `${path}/${id}`)).body).toEqual({ success: true });
  expectNotFound(await trial.call('DELETE', `${path}/${id}`), 'AgentRoute', id);
});

state('F34', 'metrics count the cache of this process', async (trial) => {
  const read = async () => at(await trial.call('GET', '/routes/metrics'), 'data.cache') as Record<string, number>;
  const before = await read();
  const names = ['hits', 'misses', 'sets', 'invalidations', 'lastQueryMs', 'cacheSize', 'hitRate'];
  expect(Object.keys(before).toSorted()).toEqual(names.toSorted());
  await (await ground(trial)).made();
  expect((await read()).invalidations).toBeGreaterThan(before.invalidations ?? 0);
});

stateUnproved('§2', 'the list is ordered by priority, then by age', async (trial) => {
  const { made, path, chatId: _first, ...rest } = await ground(trial);
  const low = await made({ priority: 1 });
  const late = text(await rest.create({ chatId: await trial.chat(1), priority: 1 }), 'data.id');
  const high = text(await rest.create({ chatId: await trial.chat(2), priority: 5 }), 'data.id');
  expect(items(await trial.call('GET', path)).map((row) => row.id)).toEqual([high, low, late]);
});

stateUnproved('§2.1', 'chat beats user beats the instance, only active routes count', async (trial) => {
  const inside = trial.inside();
  const { made, path, instance, chatId, agentId } = await ground(trial);
  const person = await trial.person();
  const chat = await made();
  const user = text(
    await trial.route(instance, { scope: 'user', personId: person.id, agentId, priority: 99 }),
    'data.id',
  );
  const winner = async () => (await inside.resolve({ instanceId: instance, chatId, personId: person.id }))?.id ?? null;
  expect(await winner()).toBe(chat);
  await trial.call('PATCH', `${path}/${chat}`, { isActive: false });
  expect(await winner()).toBe(user);
  await trial.call('DELETE', `${path}/${user}`);
  expect(await winner()).toBeNull();
  expect(await inside.resolve({ instanceId: instance, chatId: 'not-a-uuid', personId: person.id })).toBeNull();
});
