import { carryOut, undoEntry } from '#lib/operations/testing/runs.ts';
import { plain } from '#lib/operations/testing/plain.ts';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { getRoute } from '#lib/omni/resources/routes.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import type { Command, Json } from '#lib/operations/plan/define.ts';
import { preview, type Runner } from '#lib/operations/plan/preview.ts';
import { curlLine } from '#lib/operations/plan/shell.ts';
import { openStore, type Store } from '#lib/store/database.ts';
import { createControl, type Control } from '../../../sandbox/wire/control/control-client.ts';
import { startSandbox, type Sandbox } from '../../../sandbox/wire/server.ts';
import { recentChanges } from '#lib/routes/list/cache-age.ts';
import { OVERRIDES, type Override } from './overrides.ts';
import { fieldsOf } from './route-fields.ts';
import { handleFor, runnerOfRoutes, type SentWrite } from '#lib/routes/testing/change-bed.ts';

const WHATSAPP = '11111111-1111-4111-8111-111111111111';
const DISCORD = '22222222-2222-4222-8222-222222222222';
const VENDAS = 'bbbbbbb1-0000-4000-8000-000000000001';
const SUPORTE = 'bbbbbbb2-0000-4000-8000-000000000002';
const OLD = 'bbbbbbb3-0000-4000-8000-000000000003';

let sandbox: Sandbox;
let control: Control;
let db: Store;
let runner: Runner;
const sent: SentWrite[] = [];

beforeAll(async () => {
  vi.stubEnv('STORE_KEYS', `1:${'k'.repeat(32)}`);
  sandbox = await startSandbox({ port: 0, persons: 120 });
  control = createControl(sandbox.url);
  await control.rateLimit(1_000_000);
  db = await openStore({ file: ':memory:' });
  runner = runnerOfRoutes(db, { url: sandbox.url, key: sandbox.keys.admin }, sent);
});
afterAll(async () => {
  await db.destroy();
  await sandbox.stop();
});
beforeEach(() => void (sent.length = 0));

async function newChat(instanceId = WHATSAPP): Promise<string> {
  const id = randomUUID();
  await control.rows({ chats: [{ id, instanceId, name: `Conversa ${id.slice(0, 4)}` }] });
  return id;
}

async function newRoute(more: Record<string, unknown> = {}): Promise<{ id: string; chatId: string }> {
  const [id, chatId] = [randomUUID(), await newChat()];
  await control.rows({
    agent_routes: [{ id, instanceId: WHATSAPP, scope: 'chat', chatId, agentId: VENDAS, ...more }],
  });
  return { id, chatId };
}

async function routeNow(id: string, instanceId = WHATSAPP): Promise<Route> {
  const route = await getRoute(handleFor(sandbox.url, sandbox.keys.admin), instanceId, id);
  if (!route.ok) throw new Error(route.error.kind);
  return route.value;
}

async function refusal(name: string, input: unknown): Promise<string | undefined> {
  const seen = await preview(runner, name, input);
  return seen.ok ? seen.plan.refusal?.key : seen.problem.code;
}

async function warnings(name: string, input: unknown): Promise<string[]> {
  const seen = await preview(runner, name, input);
  if (!seen.ok || seen.plan.refusal) throw new Error(JSON.stringify(seen));
  return seen.plan.warnings.map(({ key }) => key);
}

function lineOf(command: Command): string {
  return 'lines' in command ? command.lines.join('\n') : '';
}

/** What a curl line sends. */
function sentBy(line: string): unknown {
  const [, word = ''] = / -d '(.*)'$/s.exec(line) ?? [];
  return JSON.parse(word.replaceAll(`'\\''`, "'"));
}

const FILTER = {
  mode: 'filtered',
  conditions: { onDm: true, onMention: false, onReply: true, onNameMatch: true, namePatterns: ['omni', "d'água"] },
};

/** Two values of each, and what the command line calls it (null: it cannot). */
const SAMPLES: Record<Override, [one: Json, other: Json, flag: string | null]> = {
  agentTimeout: [120, 1, '--timeout 120'],
  agentStreamMode: [true, false, '--stream'],
  agentReplyFilter: [FILTER, { mode: 'all', conditions: { ...FILTER.conditions, namePatterns: [] } }, null],
  agentSessionStrategy: ['per_user', 'per_chat', null],
  agentPrefixSenderName: [false, true, '--no-prefix-sender'],
  agentWaitForMedia: [false, true, '--no-wait-media'],
  agentSendMediaPath: [true, false, '--send-media-path'],
  agentGateEnabled: [true, false, '--gate'],
  agentGateModel: ['gpt-4o-mini', 'x'.repeat(120), '--gate-model gpt-4o-mini'],
  agentGatePrompt: ["Só clientes\nd'ouro", '', "--gate-prompt 'Só clientes\nd'\\''ouro'"],
  messageDebounceMode: ['presence', 'disabled', null],
  messageDebounceMinMs: [0, 2_147_483_647, null],
  messageDebounceMaxMs: [900, 0, null],
  messageDebounceGroupMs: [1500, 0, null],
  messageDebounceRestartOnTyping: [true, false, null],
  messageDebounceMaxWaitMs: [9000, 0, null],
  messageSplitDelayMode: ['fixed', 'randomized', null],
  messageSplitDelayFixedMs: [250, 0, null],
  messageSplitDelayMinMs: [100, 0, null],
  messageSplitDelayMaxMs: [2000, 0, null],
  enableAutoSplit: [false, true, null],
  reactionAck: ['on', 'off', null],
  reactionAckEmoji: [{ received: '👀', done: '✅' }, {}, null],
  ackTimeoutMs: [3000, 1, null],
  agentAckMessage: ['Já volto — um instante', '', null],
};

test.each(OVERRIDES)(
  'routes.edit sets, changes and clears %s, sends it alone, reads it back and undoes the change',
  async (name) => {
    const [one, other, flag] = SAMPLES[name];
    const { id } = await newRoute({ label: 'fica', priority: 7 });
    const path = `/instances/${WHATSAPP}/routes/${id}`;
    const change = (value: Json) =>
      carryOut(runner, 'routes.edit', { instanceId: WHATSAPP, id, changes: { [name]: value } });

    const set = await change(one);
    expect([set.status, (await routeNow(id))[name]]).toEqual(['done', one]);
    expect(sent).toEqual([{ method: 'PATCH', path, body: { [name]: one } }]);
    const line = lineOf(set.body.plan.command);
    if (flag) expect(line).toBe(`omni routes update ${id} --instance ${WHATSAPP} ${flag}`);
    else expect(line).toBe(curlLine('PATCH', sandbox.url, path, { [name]: one }));

    await change(other);
    expect((await routeNow(id))[name]).toEqual(other);

    const cleared = await change(null);
    expect([cleared.status, (await routeNow(id))[name]]).toEqual(['done', null]);
    expect(sent.at(-1)?.body).toEqual({ [name]: null });
    expect(lineOf(cleared.body.plan.command)).toBe(curlLine('PATCH', sandbox.url, path, { [name]: null }));

    const back = await undoEntry(runner, cleared.id);
    expect([back.status, (await routeNow(id))[name]]).toEqual(['done', other]);
    expect(fieldsOf(await routeNow(id))).toMatchObject({ agentId: VENDAS, label: 'fica', priority: 7, isActive: true });
  },
);

test.each(OVERRIDES)(
  'routes.create with %s sends only that besides the target, and the command creates the same route',
  async (name) => {
    const [one, , flag] = SAMPLES[name];
    const chatId = await newChat();
    const body = { scope: 'chat', chatId, agentId: VENDAS, [name]: one };
    const entry = await carryOut(runner, 'routes.create', { instanceId: WHATSAPP, body });
    expect(entry.status).toBe('done');
    expect(sent).toEqual([{ method: 'POST', path: `/instances/${WHATSAPP}/routes`, body }]);
    const made = await routeNow(String(entry.steps[0]?.result));
    const others = OVERRIDES.filter((each) => each !== name).map((each) => made[each]);
    expect([made[name], [...new Set(others)]]).toEqual([one, [null]]);
    const line = lineOf(entry.body.plan.command);
    if (flag)
      expect(line).toBe(
        `omni routes create --instance ${WHATSAPP} --scope chat --chat ${chatId} --agent ${VENDAS} ${flag}`,
      );
    else {
      expect(line).toMatch(/^curl -X POST /);
      expect(sentBy(line)).toEqual(body);
    }
  },
);

test('routes.create refuses a null before anything is sent', async () => {
  const body = { scope: 'chat', chatId: await newChat(), agentId: VENDAS, agentTimeout: null };
  expect(await refusal('routes.create', { instanceId: WHATSAPP, body })).toBe('invalid');
  expect(sent).toEqual([]);
});

test('routes.edit changes label, priority, agent and active, and undoes it', async () => {
  const { id } = await newRoute();
  const changes = { label: 'Plantão', priority: -5, agentId: SUPORTE, isActive: false };
  const entry = await carryOut(runner, 'routes.edit', { instanceId: WHATSAPP, id, changes });
  expect(await routeNow(id)).toMatchObject(changes);
  expect(lineOf(entry.body.plan.command)).toBe(
    `omni routes update ${id} --instance ${WHATSAPP} --agent ${SUPORTE} --label 'Plantão' --priority -5 --inactive`,
  );
  await undoEntry(runner, entry.id);
  expect(await routeNow(id)).toMatchObject({ label: null, priority: 0, agentId: VENDAS, isActive: true });
  const none = await carryOut(runner, 'routes.edit', { instanceId: WHATSAPP, id, changes: { agentId: null } });
  expect((await routeNow(id)).agentId).toBeNull();
  expect(none.body.plan.warnings.map(({ key }) => key)).toContain('route.warn-inherits-agent');
});

test('routes.create-undo deletes the new route, unless it was changed since', async () => {
  const body = { scope: 'chat', chatId: await newChat(), agentId: VENDAS, agentTimeout: 30 };
  const entry = await carryOut(runner, 'routes.create', { instanceId: WHATSAPP, body });
  const id = String(entry.steps[0]?.result);
  await carryOut(runner, 'routes.edit', { instanceId: WHATSAPP, id, changes: { agentTimeout: 31 } });
  await expect(undoEntry(runner, entry.id)).rejects.toThrow('route.create-undo-changed');
  await carryOut(runner, 'routes.edit', { instanceId: WHATSAPP, id, changes: { agentTimeout: 30 } });
  const back = await undoEntry(runner, entry.id);
  expect(back.status).toBe('done');
  expect(await control.sql('SELECT id FROM agent_routes WHERE id = ?', [id])).toEqual([]);
  expect((await undoEntry(runner, back.id)).status).toBe('done');
});

test('routes.create names the route that the chat has already, active or not, and is refused', async () => {
  const { id, chatId } = await newRoute({ label: 'Antes', isActive: false });
  const body = { scope: 'chat', chatId, agentId: VENDAS };
  const seen = await preview(runner, 'routes.create', { instanceId: WHATSAPP, body });
  expect(seen.ok && seen.plan.refusal).toEqual({
    key: 'route.exists-inactive',
    values: { id, instanceId: WHATSAPP, label: 'Antes' },
  });
  await control.write('UPDATE agent_routes SET is_active = 1 WHERE id = ?', [id]);
  expect(await refusal('routes.create', { instanceId: WHATSAPP, body })).toBe('route.exists');
});

test('routes.create creates nothing twice when another route was created in between, and says so', async () => {
  const chatId = await newChat();
  const body = { scope: 'chat', chatId, agentId: VENDAS };
  const insert =
    'INSERT INTO agent_routes (id, instance_id, scope, chat_id, agent_id, priority, is_active, created_at, updated_at)';
  await control.fault({
    kind: 'write',
    method: 'POST',
    path: '/routes$',
    sql: `${insert} VALUES (?, ?, 'chat', ?, ?, 0, 1, 0, 0)`,
    params: [randomUUID(), WHATSAPP, chatId, SUPORTE],
  });
  const entry = await carryOut(runner, 'routes.create', { instanceId: WHATSAPP, body });
  await control.clearFaults();
  expect([entry.status, entry.body.problem?.code]).toEqual(['failed', 'conflict']);
  expect(await refusal('routes.create', { instanceId: WHATSAPP, body })).toBe('route.exists');
});

test('routes.edit overwrites nothing that somebody saved meanwhile, and shows what they saved', async () => {
  const { id } = await newRoute({ agentTimeout: 10 });
  const since = (await routeNow(id)).updatedAt;
  await control.moveClock(5000);
  await carryOut(runner, 'routes.edit', { instanceId: WHATSAPP, id, changes: { label: 'deles' } });
  const seen = await preview(runner, 'routes.edit', { instanceId: WHATSAPP, id, since, changes: { agentTimeout: 20 } });
  expect(seen.ok && seen.plan.refusal?.key).toBe('route.changed-meanwhile');
  expect(seen.ok && seen.plan.refusal?.data).toMatchObject({ fields: { label: 'deles', agentTimeout: 10 } });
});

test('routes.edit is not undone over a later edit', async () => {
  const { id } = await newRoute({ agentTimeout: 10 });
  const change = (agentTimeout: number) =>
    carryOut(runner, 'routes.edit', { instanceId: WHATSAPP, id, changes: { agentTimeout } });
  const first = await change(20);
  await change(30);
  await expect(undoEntry(runner, first.id)).rejects.toThrow('route.undo-changed');
  expect((await routeNow(id)).agentTimeout).toBe(30);
});

test('routes.edit and routes.create are refused with a sentence where Omni would not take it', async () => {
  const { id } = await newRoute({ agentTimeout: 10 });
  const edit = (more: object) => refusal('routes.edit', { instanceId: WHATSAPP, id, changes: {}, ...more });
  expect(await edit({})).toBe('nothing_to_change');
  expect(await edit({ changes: { agentTimeout: 10 } })).toBe('route.nothing');
  expect(await edit({ id: randomUUID(), changes: { agentTimeout: 1 } })).toBe('route.gone');
  expect(await edit({ instanceId: DISCORD, changes: { agentTimeout: 1 } })).toBe('route.gone');
  expect(await edit({ changes: { agentId: randomUUID() } })).toBe('route.no-agent');
  for (const changes of [{ agentTimeout: 0 }, { agentTimeout: 3e9 }, { agentGateModel: 'x'.repeat(121) }])
    expect(await edit({ changes })).toBe('invalid');
  expect(await edit({ changes: { chatId: id } })).toBe('nothing_to_change');
  const make = (more: object) =>
    refusal('routes.create', { instanceId: WHATSAPP, body: { scope: 'chat', agentId: VENDAS, ...more } });
  expect(await make({ chatId: randomUUID() })).toBe('route.no-chat');
  expect(await make({ scope: 'user', personId: randomUUID() })).toBe('route.no-person');
  expect(await make({ chatId: await newChat(), agentId: randomUUID() })).toBe('route.no-agent');
  expect(await make({ chatId: await newChat(), personId: randomUUID() })).toBe('invalid');
});

test('routes.create warns about what Omni accepts without a warning', async () => {
  const make = async (body: object) =>
    warnings('routes.create', { instanceId: WHATSAPP, body: { agentId: VENDAS, ...body } });
  const foreign = await newChat(DISCORD);
  expect(await make({ scope: 'chat', chatId: foreign })).toContain('route.warn-foreign-chat');
  const [personId] = (await control.rows({ persons: [{ displayName: 'Sem identidade' }] })).persons ?? [];
  expect(await make({ scope: 'user', personId })).toContain('route.warn-no-identity');
  const chatId = await newChat();
  expect(await make({ scope: 'chat', chatId, agentId: OLD })).toEqual([
    'route.caveat-agent_inactive',
    'route.caveat-no_provider',
    'route.warn-cache',
  ]);
  expect(await make({ scope: 'chat', chatId, messageDebounceMinMs: 500 })).toContain(
    'route.warn-crossed-messageDebounceMinMs',
  );
  await control.write("UPDATE agent_providers SET is_active = 0 WHERE name = 'agno-local'");
  expect(await make({ scope: 'chat', chatId })).toContain('route.caveat-provider_inactive');
  await control.write("UPDATE agent_providers SET is_active = 1 WHERE name = 'agno-local'");
});

test('routes.create names the successor for the chat and for its participants with a route of their own', async () => {
  const personId = randomUUID();
  const chatId = await newChat();
  await control.rows({
    persons: [{ id: personId, displayName: 'Rosa' }],
    chat_participants: [{ chatId, personId, displayName: 'Rosa' }],
    agent_routes: [{ instanceId: WHATSAPP, scope: 'user', personId, agentId: OLD }],
  });
  const seen = await preview(runner, 'routes.create', {
    instanceId: WHATSAPP,
    body: { scope: 'chat', chatId, agentId: SUPORTE },
  });
  const successors = seen.ok ? seen.plan.moves.map(plain).filter(({ key }) => key.startsWith('effect.answered')) : [];
  expect(successors.map(({ key, values }) => [key, values?.from, values?.to])).toEqual([
    ['effect.answered-chat', 'Vendas', 'Suporte'],
    ['effect.answered-participant', 'Antigo (inativo)', 'Suporte'],
  ]);
  const same = await preview(runner, 'routes.create', {
    instanceId: WHATSAPP,
    body: { scope: 'chat', chatId: await newChat(), agentId: VENDAS },
  });
  expect(same.ok && same.plan.warnings[0]?.key).toBe('route.successor-same');
});

test.each(['before', 'after'])(
  'routes.edit and routes.create whose answer is lost %s the work are decided by a fresh read',
  async (when) => {
    const { id } = await newRoute();
    const cut = (method: string) => control.fault({ kind: 'cut', when, method, path: '/routes' });
    await cut('PATCH');
    const edited = await carryOut(runner, 'routes.edit', { instanceId: WHATSAPP, id, changes: { agentTimeout: 5 } });
    await control.clearFaults();
    await cut('POST');
    const chatId = await newChat();
    const made = await carryOut(runner, 'routes.create', {
      instanceId: WHATSAPP,
      body: { scope: 'chat', chatId, agentId: VENDAS },
    });
    await control.clearFaults();
    const there = await control.sql('SELECT id FROM agent_routes WHERE chat_id = ?', [chatId]);
    const ended = when === 'after' ? 'done' : 'unconfirmed';
    expect([edited.status, made.status, there.length]).toEqual([ended, ended, when === 'after' ? 1 : 0]);
    expect((await routeNow(id)).agentTimeout).toBe(when === 'after' ? 5 : null);
  },
);

test('routes.edit and routes.create are refused on an older Omni', async () => {
  const old = await startSandbox({ port: 0, persons: 100, generation: 'feb' });
  const writes: SentWrite[] = [];
  const there = runnerOfRoutes(db, { url: old.url, key: old.keys.admin }, writes);
  const id = 'fffffff1-0000-4000-8000-000000000001';
  const seen = await preview(there, 'routes.edit', { instanceId: WHATSAPP, id, changes: { agentTimeout: 9 } });
  const chatId = 'cccccc02-0000-4000-8000-000000000002';
  const body = { scope: 'chat', chatId, agentId: VENDAS };
  const made = await preview(there, 'routes.create', { instanceId: WHATSAPP, body });
  await old.stop();
  expect([seen.ok && seen.plan.refusal?.key, made.ok && made.plan.refusal?.key]).toEqual([
    'route.older',
    'route.older',
  ]);
  expect(writes).toEqual([]);
});

test('recentChanges tells of a change for as long as Omni may answer as before', async () => {
  const { id } = await newRoute();
  await carryOut(runner, 'routes.edit', { instanceId: WHATSAPP, id, changes: { agentTimeout: 3 } });
  const now = Date.now();
  const changed = async (server: string, when: number) =>
    (await recentChanges(db, server, when)).find(({ instanceId }) => instanceId === WHATSAPP)?.at;
  const at = await changed('demo', now);
  expect(at).toBeLessThanOrEqual(now);
  expect(at).toBeGreaterThan(now - 30_000);
  expect(await changed('demo', now + 30_001)).toBeUndefined();
  expect(await changed('another', now)).toBeUndefined();
  // One of last week that is continued now has changed something now.
  await db
    .updateTable('operations')
    .set({ created_at: now - 7 * 86_400_000 })
    .execute();
  expect(await changed('demo', now)).toBe(at);
});

test('routes.edit and routes.create accept an agent beyond the two hundred that Omni lists, and none that does not exist', async () => {
  const late = randomUUID();
  await control.rows({ agents: Array.from({ length: 200 }, (_, index) => ({ name: `Robô ${index}` })) });
  await control.rows({ agents: [{ id: late, name: 'Fim da lista' }] });
  await control.write('UPDATE agents SET created_at = created_at * 2 WHERE id = ?', [late]);
  const { id } = await newRoute();
  const edited = await preview(runner, 'routes.edit', { instanceId: WHATSAPP, id, changes: { agentId: late } });
  expect(edited.ok && [edited.plan.refusal, edited.plan.moves.map(plain)[0]?.values.to]).toEqual([
    undefined,
    'Fim da lista',
  ]);
  const body = { scope: 'chat', chatId: await newChat(), agentId: late };
  expect(await warnings('routes.create', { instanceId: WHATSAPP, body })).not.toContain('route.caveat-agent_missing');
  expect(await refusal('routes.edit', { instanceId: WHATSAPP, id, changes: { agentId: randomUUID() } })).toBe(
    'route.no-agent',
  );
});
