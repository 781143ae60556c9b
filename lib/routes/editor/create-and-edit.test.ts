import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { startSandbox } from '../../../sandbox/wire/server.ts';
import { preview } from '#lib/operations/plan/preview.ts';
import { plain } from '#lib/operations/testing/plain.ts';
import { carryOut, undoEntry } from '#lib/operations/testing/runs.ts';
import { recentChanges } from '#lib/routes/list/cache-age.ts';
import { runnerOfRoutes, type SentWrite } from '#lib/routes/testing/change-bed.ts';
import { lineOf, startEditorBed, SUPORTE, VENDAS, WHATSAPP } from '#lib/routes/testing/editor-bed.ts';

const DISCORD = '22222222-2222-4222-8222-222222222222';
const OLD = 'bbbbbbb3-0000-4000-8000-000000000003';

const { control, db, runner, sent, newChat, newRoute, routeNow, refusal, warnings, stop } = await startEditorBed();
afterAll(stop);
beforeEach(() => void (sent.length = 0));

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
  await control.write('UPDATE instances SET agent_id = NULL WHERE id = ?', [WHATSAPP]);
  const nobody = await warnings('routes.edit', { instanceId: WHATSAPP, id, changes: { label: 'Sem agente' } });
  await control.write('UPDATE instances SET agent_id = ? WHERE id = ?', [VENDAS, WHATSAPP]);
  expect(nobody).toContain('route.caveat-nobody');
  expect(nobody).not.toContain('route.warn-inherits-agent');
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
