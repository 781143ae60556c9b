import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { ownBed } from '#lib/operations/testing/own-bed.ts';
import { omniFor } from '#lib/operations/testing/bed.ts';
import { carryOut, undoEntry } from '#lib/operations/testing/runs.ts';
import { recentRuleChange } from '#lib/routes/list/cache-age.ts';
import { storeNow } from '#lib/store/clock.ts';
import { runTestsAfter, testsAfter } from './run-after.ts';
import { addSavedTest, newSavedTest } from './saved-tests.ts';

const WHATSAPP = '11111111-1111-4111-8111-111111111111';
const TELEGRAM = '33333333-3333-4333-8333-333333333333';
const VENDAS = 'bbbbbbb1-0000-4000-8000-000000000001';
const SUPORTE = 'bbbbbbb2-0000-4000-8000-000000000002';
const READER = { scopes: null, capabilities: { generation: 'current' } } as const;

const { control, db, at, omni, runner } = await ownBed({ persons: 100 });
runner.ended = ({ entryId, operation }) => runTestsAfter(omni, READER, { db, server: 'demo', entryId, operation });
afterEach(async () => {
  await control.clearFaults();
  await db.deleteFrom('route_probes').execute();
});

async function routedChat() {
  const [chatId, id] = [randomUUID(), randomUUID()];
  await control.rows({
    chats: [{ id: chatId, instanceId: WHATSAPP, name: 'Sala' }],
    agent_routes: [{ id, instanceId: WHATSAPP, scope: 'chat', chatId, agentId: VENDAS }],
  });
  return { chatId, id };
}

async function save(test: {
  title: string;
  agentId?: string | null;
  instanceId?: string;
  chatId?: string;
  personId?: string;
}) {
  const whole = { instanceId: WHATSAPP, chatId: null, personId: null, agentId: VENDAS, ...test };
  await addSavedTest(db, { server: 'demo', actor: 'demo/ana' }, newSavedTest.parse(whole), Date.now());
}

async function said(entryId: string) {
  const tests = await testsAfter(db, 'demo', entryId);
  return Object.fromEntries(tests.map(({ title, state }) => [title, state]));
}

test('saved tests: a change of a route runs those of its instance with reads only, and so does its undo', async () => {
  const { chatId, id } = await routedChat();
  await save({ chatId, title: 'Vendas' });
  await save({ chatId, title: 'Suporte', agentId: SUPORTE });
  await save({ chatId: randomUUID(), instanceId: TELEGRAM, title: 'elsewhere' });
  await control.clearCalls();
  const entry = await carryOut(runner, 'routes.edit', { instanceId: WHATSAPP, id, changes: { agentId: SUPORTE } });
  expect(entry.status).toBe('done');
  expect(await said(entry.id)).toEqual({ Vendas: 'other', Suporte: 'ok' });
  const { items } = await control.calls();
  // Omni's check of a provider is a POST that changes nothing.
  const writes = items.filter(({ method, path }) => method !== 'GET' && !/\/providers\/[^/]+\/health$/.test(path));
  expect(writes.map(({ method }) => method)).toEqual(['PATCH']);
  const undone = await undoEntry(runner, entry.id);
  expect(await said(undone.id)).toEqual({ Vendas: 'ok', Suporte: 'other' });
  expect(await said(entry.id)).toEqual({});
});

test('saved tests: a read that fails after the change is told as that, with its reason', async () => {
  const { chatId, id } = await routedChat();
  await save({ chatId, title: 'Vendas' });
  await control.fault({ kind: 'status', status: 500, path: '/providers$', times: null });
  const entry = await carryOut(runner, 'routes.edit', { instanceId: WHATSAPP, id, changes: { label: 'VIP' } });
  expect(entry.status).toBe('done');
  const [seen] = await testsAfter(db, 'demo', entry.id);
  expect(seen).toMatchObject({
    state: 'unknown',
    verdict: { why: 'not-seen', part: 'providers', seen: { is: 'failed', problem: { values: { status: 500 } } } },
  });
});

test('saved tests: what a lost process left unfinished is checking at first, and can’t be told later', async () => {
  const { chatId } = await routedChat();
  await save({ chatId, title: 'Vendas' });
  const entryId = randomUUID();
  const begun = (ago: number) => ({ result_of: entryId, result: null, result_at: Date.now() - ago });
  await db.updateTable('route_probes').set(begun(1000)).execute();
  expect(await said(entryId)).toEqual({ Vendas: 'checking' });
  await db.updateTable('route_probes').set(begun(120_000)).execute();
  expect(await said(entryId)).toEqual({ Vendas: 'unknown' });
});

test('saved tests: a block runs those of the instance it is on', async () => {
  const personId = randomUUID();
  await control.rows({
    persons: [{ id: personId, displayName: 'Rosa' }],
    platform_identities: [{ personId, instanceId: WHATSAPP, channel: 'whatsapp-baileys', platformUserId: personId }],
    agent_routes: [{ instanceId: WHATSAPP, scope: 'user', personId, agentId: VENDAS }],
  });
  await save({ personId, title: 'Rosa' });
  const entry = await carryOut(runner, 'persons.block', {
    personId,
    instanceId: WHATSAPP,
  });
  expect(entry.status).toBe('done');
  expect(await said(entry.id)).toEqual({ Rosa: 'silent' });
});

test('saved tests: an access rule that is created, edited or deleted runs those of the instances on which it holds', async () => {
  const [personId, handle] = [randomUUID(), `5511${Date.now()}`];
  await control.rows({
    persons: [{ id: personId, displayName: 'Rosa' }],
    platform_identities: [{ personId, instanceId: WHATSAPP, channel: 'whatsapp-baileys', platformUserId: handle }],
    agent_routes: [{ instanceId: WHATSAPP, scope: 'user', personId, agentId: VENDAS }],
  });
  await save({ personId, title: 'Rosa' });
  await save({ chatId: randomUUID(), instanceId: TELEGRAM, title: 'elsewhere' });
  const rule = { instanceId: WHATSAPP, ruleType: 'deny', platformUserId: handle };
  const made = await carryOut(runner, 'access.create', { rule });
  expect(made.status).toBe('done');
  expect(await said(made.id)).toEqual({ Rosa: 'silent' });
  const [row] = await control.sql<{ id: string }>('SELECT id FROM access_rules WHERE platform_user_id = ?', [handle]);
  const edited = await carryOut(runner, 'access.edit', { id: row?.id, changes: { enabled: false } });
  expect(await said(edited.id)).toEqual({ Rosa: 'ok' });
  const deleted = await carryOut(runner, 'access.delete', { id: row?.id });
  expect(await said(deleted.id)).toEqual({ Rosa: 'ok' });
  const changed = async (instanceId: string) => recentRuleChange(db, 'demo', instanceId, await storeNow(db));
  expect(await changed(WHATSAPP)).toBeGreaterThan(0);
  expect(await changed(TELEGRAM)).toBeNull();
  expect(await recentRuleChange(db, 'demo', WHATSAPP, (await storeNow(db)) + 300_000)).toBeNull();
  const everywhere = await carryOut(runner, 'access.create', { rule: { ruleType: 'deny', platformUserId: handle } });
  expect(await changed(TELEGRAM)).toBeGreaterThan(0);
  expect(Object.keys(await said(everywhere.id)).toSorted()).toEqual(['Rosa', 'elsewhere']);
});

test('saved tests: without the instances, a missing permission is told as one', async () => {
  const { chatId, id } = await routedChat();
  await save({ chatId, title: 'Vendas' });
  const entry = await carryOut(runner, 'routes.edit', {
    instanceId: WHATSAPP,
    id,
    changes: { label: 'Sem instâncias' },
  });
  const secret = `omni_sk_${randomUUID().replaceAll('-', '')}`;
  await control.rows({ api_keys: [{ name: 'routes only', secret, scopes: ['routes:read'] }] });
  const where = { db, server: 'demo', entryId: entry.id, operation: entry.operation };
  await runTestsAfter(omniFor(at.url, secret), READER, where);
  const [seen] = await testsAfter(db, 'demo', entry.id);
  expect(seen).toMatchObject({ state: 'unknown', verdict: { part: 'instance', seen: { is: 'forbidden' } } });
});

test('saved tests: a result that was kept when agents were plain texts is read; a name may be any of their words', async () => {
  const { chatId, id } = await routedChat();
  await save({ chatId, title: 'Vendas' });
  const entry = await carryOut(runner, 'routes.edit', { instanceId: WHATSAPP, id, changes: { label: 'antigo' } });
  const agents = async (change: object) => {
    const row = await db.selectFrom('route_probes').select(['id', 'result']).executeTakeFirstOrThrow();
    const result = JSON.stringify({ ...(JSON.parse(row.result ?? '{}') as object), ...change });
    await db.updateTable('route_probes').set({ result }).where('id', '=', row.id).execute();
    const [test] = await testsAfter(db, 'demo', entry.id);
    return test && 'got' in test ? [test.expected, test.got] : [];
  };
  expect(await agents({})).toEqual([
    { is: 'named', name: 'Vendas' },
    { is: 'named', name: 'Vendas' },
  ]);
  expect(await agents({ expected: 'Suporte', got: 'nobody' })).toEqual([
    { is: 'named', name: 'Suporte' },
    { is: 'nobody' },
  ]);
  expect(await agents({ expected: { is: 'named', name: 'missing' }, got: 'not-seen' })).toEqual([
    { is: 'named', name: 'missing' },
    { is: 'not-seen', id: null },
  ]);
});
