import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ownSandbox } from '#lib/omni/testing/own-sandbox.ts';
import { env } from '#lib/env.ts';
import { listAllInstances } from '#lib/omni/resources/instances.ts';
import type { Store } from '#lib/store/database.ts';
import { openStore } from '#lib/store/database.ts';
import { resealStore } from '#lib/store/reseal.ts';
import { Sealer } from '#lib/store/seal.ts';
import { testEngines } from '#lib/store/testing/stores.ts';
import {
  changeSavedTest,
  deleteSavedTest,
  forgetSavedTestsOf,
  listSavedTests,
  newSavedTest,
  savedTestChange,
  addSavedTest,
} from './saved-tests.ts';
import { whoAnswers } from '#lib/routes/resolve/who-answers.ts';
import { runSavedTests } from './run-saved-tests.ts';
import { handleFor } from '#lib/routes/testing/change-bed.ts';

const WHATSAPP = '11111111-1111-4111-8111-111111111111';
const VENDAS = 'bbbbbbb1-0000-4000-8000-000000000001';
const SUPORTE = 'bbbbbbb2-0000-4000-8000-000000000002';

const engines = await testEngines();
const { sandbox, control } = await ownSandbox({ persons: 100 });

const READER = { scopes: null, capabilities: { generation: 'current' } } as const;
const where = { server: 'demo', actor: 'demo/ana' };

describe.each(engines)('saved tests on $name', ({ newPlace }) => {
  let db: Store;
  beforeAll(async () => {
    db = await openStore(await newPlace());
  });
  afterAll(() => db.destroy());
  beforeEach(() => db.deleteFrom('route_probes').execute());
  afterEach(async () => void (await control.clearFaults()));

  async function save(more: object): Promise<string> {
    const savedTest = newSavedTest.parse({
      instanceId: WHATSAPP,
      chatId: null,
      personId: null,
      agentId: VENDAS,
      ...more,
    });
    const id = await addSavedTest(db, where, savedTest, Date.now());
    if (!id) throw new Error('not saved');
    return id;
  }

  async function states(): Promise<Record<string, string>> {
    const omni = handleFor(sandbox.url, sandbox.keys.admin);
    const instances = await listAllInstances(omni);
    if (!instances.ok) throw new Error(instances.error.kind);
    const results = await runSavedTests(omni, READER, await listSavedTests(db, 'demo'), instances.value);
    return Object.fromEntries(
      results.map(({ title, state, got }) => [title ?? '', `${state} ${got.is === 'named' ? got.name : got.is}`]),
    );
  }

  test('are saved, changed, deleted, and belong to their server', async () => {
    const id = await save({ chatId: randomUUID(), title: '  João em Vendas ' });
    expect(await listSavedTests(db, 'demo')).toMatchObject([{ id, title: 'João em Vendas', agentId: VENDAS }]);
    const [raw] = await db.selectFrom('route_probes').select('title').execute();
    expect(raw?.title).toMatch(/^v1\.1\./);
    expect(await listSavedTests(db, 'other')).toEqual([]);
    expect(await changeSavedTest(db, 'other', { id, agentId: null, title: null })).toBe(false);
    expect(await changeSavedTest(db, 'demo', { id, agentId: null, title: 'ninguém' })).toBe(true);
    expect(await listSavedTests(db, 'demo', [WHATSAPP])).toMatchObject([{ agentId: null, title: 'ninguém' }]);
    expect(await deleteSavedTest(db, 'other', id)).toBe(false);
    expect(await deleteSavedTest(db, 'demo', id)).toBe(true);
    expect(await listSavedTests(db, 'demo')).toEqual([]);
  });

  test('a new name leaves what is expected as it is, and the other way round', async () => {
    const id = await save({ chatId: randomUUID(), title: 'antes' });
    expect(await changeSavedTest(db, 'demo', savedTestChange.parse({ id, title: 'depois' }))).toBe(true);
    expect(await listSavedTests(db, 'demo')).toMatchObject([{ agentId: VENDAS, title: 'depois' }]);
    expect(await changeSavedTest(db, 'demo', savedTestChange.parse({ id, agentId: SUPORTE }))).toBe(true);
    expect(await listSavedTests(db, 'demo')).toMatchObject([{ agentId: SUPORTE, title: 'depois' }]);
    expect(await changeSavedTest(db, 'demo', savedTestChange.parse({ id }))).toBe(true);
  });

  test('of an instance that was deleted say that it does not exist, to a key that sees all; of a hidden one nothing', async () => {
    const instanceId = randomUUID();
    const id = await save({ instanceId, chatId: randomUUID(), title: 'de antes' });
    const omni = handleFor(sandbox.url, sandbox.keys.admin);
    const instances = await listAllInstances(omni);
    if (!instances.ok) throw new Error(instances.error.kind);
    const run = async (sees: readonly string[] | 'all' | 'unknown') =>
      runSavedTests(omni, { ...READER, instances: sees }, await listSavedTests(db, 'demo'), instances.value);
    const verdict = { is: 'nobody', why: 'instance-gone' };
    expect(await run('all')).toMatchObject([{ id, state: 'silent', got: { is: 'nobody' }, verdict }]);
    for (const sees of ['unknown', [WHATSAPP]] as const) expect(await run(sees)).toEqual([]);
    await control.fault({ kind: 'status', status: 500, path: `/instances/${instanceId}$`, times: null });
    expect(await run('all')).toEqual([]);
  });

  test('about neither chat nor person are refused', () => {
    const empty = { instanceId: WHATSAPP, chatId: null, personId: null, agentId: VENDAS };
    expect(newSavedTest.safeParse(empty).error?.issues[0]?.message).toBe('saved_test_needs_target');
  });

  test('survive a rotation of STORE_KEYS', async () => {
    const id = await save({ chatId: randomUUID(), title: 'segredo' });
    const keys = { ...env().STORE_KEYS, 2: 'n'.repeat(32) };
    expect(await resealStore(db, new Sealer(keys))).toBe(1);
    const row = await db.selectFrom('route_probes').select('title').where('id', '=', id).executeTakeFirstOrThrow();
    expect(new Sealer({ 2: keys[2] }).open(`route_probes/title/${id}`, row.title ?? '')).toEqual({
      ok: true,
      value: 'segredo',
    });
    await deleteSavedTest(db, 'demo', id);
  });

  test('go with a person who is forgotten', async () => {
    const personId = randomUUID();
    await save({ personId });
    const other = await save({ personId: randomUUID() });
    expect(await forgetSavedTestsOf(db, 'demo', personId)).toBe(1);
    expect((await listSavedTests(db, 'demo')).map(({ id }) => id)).toEqual([other]);
    await deleteSavedTest(db, 'demo', other);
  });

  test('pass and fail as routing changes', async () => {
    const [chatId, personId] = [randomUUID(), randomUUID()];
    await control.rows({
      chats: [{ id: chatId, instanceId: WHATSAPP }],
      persons: [{ id: personId, displayName: 'Rosa' }],
      platform_identities: [{ personId, instanceId: WHATSAPP, channel: 'whatsapp-baileys', platformUserId: personId }],
      agent_routes: [{ instanceId: WHATSAPP, scope: 'user', personId, agentId: SUPORTE }],
    });
    await save({ chatId, title: 'chat' });
    await save({ chatId, personId, agentId: SUPORTE, title: 'person' });
    await save({ chatId, agentId: null, title: 'nobody' });
    await save({ instanceId: randomUUID(), chatId, title: 'instance gone' });
    expect(await states()).toEqual({ chat: 'ok Vendas', person: 'ok Suporte', nobody: 'other Vendas' });
    await control.rows({ agent_routes: [{ instanceId: WHATSAPP, scope: 'chat', chatId, agentId: SUPORTE }] });
    expect(await states()).toEqual({ chat: 'other Suporte', person: 'ok Suporte', nobody: 'other Suporte' });
    await control.write("UPDATE agent_providers SET is_active = 0 WHERE name = 'webhook-local'");
    expect(await states()).toMatchObject({ person: 'silent nobody' });
    await control.write("UPDATE agent_providers SET is_active = 1 WHERE name = 'webhook-local'");
    await control.fault({ kind: 'status', status: 500, path: '/(agents|providers)$', times: null });
    expect(await states()).toMatchObject({ chat: 'other not-seen', person: 'unknown not-seen' });
    await control.clearFaults();
    await control.fault({ kind: 'status', status: 500, path: '/routes$', times: null });
    expect(await states()).toMatchObject({ chat: 'unknown not-seen', person: 'unknown not-seen' });
    await control.clearFaults();
    await control.rows({ access_rules: [{ instanceId: WHATSAPP, platformUserId: personId }] });
    expect(await states()).toMatchObject({ chat: 'other Suporte', person: 'silent nobody' });
    await control.write('DELETE FROM agent_routes WHERE chat_id = ?', [chatId]);
  });

  test('of a direct chat say of its partner what the routing test says', async () => {
    const [chatId, personId, handle] = [randomUUID(), randomUUID(), `5511${Date.now()}`];
    await control.rows({
      chats: [{ id: chatId, instanceId: WHATSAPP, chatType: 'dm', externalId: handle }],
      persons: [{ id: personId, displayName: 'Rosa' }],
      platform_identities: [
        { personId, instanceId: WHATSAPP, channel: 'whatsapp-baileys', platformUserId: handle },
        { personId, instanceId: WHATSAPP, channel: 'whatsapp-baileys', platformUserId: `${handle}0` },
      ],
      access_rules: [{ instanceId: WHATSAPP, platformUserId: handle }],
    });
    await save({ chatId, title: 'chat' });
    await save({ chatId, personId, title: 'both' });
    await save({ personId, title: 'person' });
    expect(await states()).toEqual({ chat: 'silent nobody', both: 'silent nobody', person: 'unknown Vendas' });
    const omni = handleFor(sandbox.url, sandbox.keys.admin);
    const asked = await whoAnswers(omni, READER, { instanceId: WHATSAPP, chatId, personId: null });
    expect(asked.ok && (await asked.value.finish())).toMatchObject({ is: 'nobody', why: 'blocked' });
  });

  test('say that a permission is missing where Omni says so, of every chat it refuses', async () => {
    const secret = `omni_sk_${randomUUID().replaceAll('-', '')}`;
    const scopes = ['instances:read', 'routes:read', 'agents:read', 'providers:read', 'access:read'];
    await control.rows({ api_keys: [{ name: 'no chats', secret, scopes }] });
    for (const title of ['one', 'two', 'three', 'four']) await save({ chatId: randomUUID(), title });
    const omni = handleFor(sandbox.url, secret);
    const instances = await listAllInstances(omni);
    const results = await runSavedTests(
      omni,
      READER,
      await listSavedTests(db, 'demo'),
      instances.ok ? instances.value : [],
    );
    expect(results.map(({ verdict }) => verdict)).toEqual(
      Array.from({ length: 4 }, () =>
        expect.objectContaining({ part: 'chat', seen: { is: 'forbidden', scope: 'chats:read' } }),
      ),
    );
  });
});
