import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { env } from '#lib/env.ts';
import { listAllInstances } from '#lib/omni/resources/instances.ts';
import type { Store } from '#lib/store/database.ts';
import { openStore } from '#lib/store/database.ts';
import { resealStore } from '#lib/store/reseal.ts';
import { Sealer } from '#lib/store/seal.ts';
import { testEngines } from '#lib/store/testing/stores.ts';
import { createControl, type Control } from '../../../sandbox/wire/control/control-client.ts';
import { startSandbox, type Sandbox } from '../../../sandbox/wire/server.ts';
import {
  changeProbe,
  deleteProbe,
  forgetProbesOf,
  listProbes,
  newProbe,
  probeChange,
  saveProbe,
} from './saved-tests.ts';
import { runProbes } from './run-saved-tests.ts';
import { handleFor } from '#lib/routes/testing/change-bed.ts';

const WHATSAPP = '11111111-1111-4111-8111-111111111111';
const VENDAS = 'bbbbbbb1-0000-4000-8000-000000000001';
const SUPORTE = 'bbbbbbb2-0000-4000-8000-000000000002';
beforeEach(() => void vi.stubEnv('STORE_KEYS', `1:${'k'.repeat(32)}`));
const { engines, stop } = await testEngines();
let sandbox: Sandbox;
let control: Control;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, persons: 100 });
  control = createControl(sandbox.url);
});
afterAll(async () => {
  await sandbox.stop();
  stop();
});

const where = { server: 'demo', actor: 'demo/ana' };

describe.each(engines)('probes on $name', ({ newPlace }) => {
  let db: Store;
  beforeAll(async () => {
    db = await openStore(await newPlace());
  });
  afterAll(() => db.destroy());
  beforeEach(() => db.deleteFrom('route_probes').execute());

  async function keep(more: object): Promise<string> {
    const probe = newProbe.parse({ instanceId: WHATSAPP, chatId: null, personId: null, agentId: VENDAS, ...more });
    const id = await saveProbe(db, where, probe, Date.now());
    if (!id) throw new Error('not kept');
    return id;
  }

  async function states(): Promise<Record<string, string>> {
    const omni = handleFor(sandbox.url, sandbox.keys.admin);
    const instances = await listAllInstances(omni);
    if (!instances.ok) throw new Error(instances.error.kind);
    const results = await runProbes(omni, await listProbes(db, 'demo'), instances.value);
    return Object.fromEntries(results.map(({ title, state, got }) => [title ?? '', `${state} ${got}`]));
  }

  test('are kept, changed, deleted, and belong to their server', async () => {
    const id = await keep({ chatId: randomUUID(), title: '  João em Vendas ' });
    expect(await listProbes(db, 'demo')).toMatchObject([{ id, title: 'João em Vendas', agentId: VENDAS }]);
    const [raw] = await db.selectFrom('route_probes').select('title').execute();
    expect(raw?.title).toMatch(/^v1\.1\./);
    expect(await listProbes(db, 'other')).toEqual([]);
    expect(await changeProbe(db, 'other', { id, agentId: null, title: null })).toBe(false);
    expect(await changeProbe(db, 'demo', { id, agentId: null, title: 'ninguém' })).toBe(true);
    expect(await listProbes(db, 'demo', [WHATSAPP])).toMatchObject([{ agentId: null, title: 'ninguém' }]);
    expect(await deleteProbe(db, 'other', id)).toBe(false);
    expect(await deleteProbe(db, 'demo', id)).toBe(true);
    expect(await listProbes(db, 'demo')).toEqual([]);
  });

  test('a new name leaves what is expected as it is, and the other way round', async () => {
    const id = await keep({ chatId: randomUUID(), title: 'antes' });
    expect(await changeProbe(db, 'demo', probeChange.parse({ id, title: 'depois' }))).toBe(true);
    expect(await listProbes(db, 'demo')).toMatchObject([{ agentId: VENDAS, title: 'depois' }]);
    expect(await changeProbe(db, 'demo', probeChange.parse({ id, agentId: SUPORTE }))).toBe(true);
    expect(await listProbes(db, 'demo')).toMatchObject([{ agentId: SUPORTE, title: 'depois' }]);
    expect(await changeProbe(db, 'demo', probeChange.parse({ id }))).toBe(true);
  });

  test('about neither chat nor person are refused', () => {
    const empty = { instanceId: WHATSAPP, chatId: null, personId: null, agentId: VENDAS };
    expect(newProbe.safeParse(empty).error?.issues[0]?.message).toBe('probe_needs_target');
  });

  test('survive a rotation of STORE_KEYS', async () => {
    const id = await keep({ chatId: randomUUID(), title: 'segredo' });
    const keys = { ...env().STORE_KEYS, 2: 'n'.repeat(32) };
    expect(await resealStore(db, new Sealer(keys))).toBe(1);
    const row = await db.selectFrom('route_probes').select('title').where('id', '=', id).executeTakeFirstOrThrow();
    expect(new Sealer({ 2: keys[2] }).open(`route_probes/title/${id}`, row.title ?? '')).toEqual({
      ok: true,
      value: 'segredo',
    });
    await deleteProbe(db, 'demo', id);
  });

  test('go with a person who is forgotten', async () => {
    const personId = randomUUID();
    await keep({ personId });
    const other = await keep({ personId: randomUUID() });
    expect(await forgetProbesOf(db, 'demo', personId)).toBe(1);
    expect((await listProbes(db, 'demo')).map(({ id }) => id)).toEqual([other]);
    await deleteProbe(db, 'demo', other);
  });

  test('are green and red as routing changes', async () => {
    const [chatId, personId] = [randomUUID(), randomUUID()];
    await control.rows({
      chats: [{ id: chatId, instanceId: WHATSAPP }],
      persons: [{ id: personId, displayName: 'Rosa' }],
      agent_routes: [{ instanceId: WHATSAPP, scope: 'user', personId, agentId: SUPORTE }],
    });
    await keep({ chatId, title: 'chat' });
    await keep({ chatId, personId, agentId: SUPORTE, title: 'person' });
    await keep({ chatId, agentId: null, title: 'nobody' });
    await keep({ instanceId: randomUUID(), chatId, title: 'instance gone' });
    expect(await states()).toEqual({ chat: 'ok Vendas', person: 'ok Suporte', nobody: 'other Vendas' });
    await control.rows({ agent_routes: [{ instanceId: WHATSAPP, scope: 'chat', chatId, agentId: SUPORTE }] });
    expect(await states()).toEqual({ chat: 'other Suporte', person: 'ok Suporte', nobody: 'other Suporte' });
    await control.write("UPDATE agent_providers SET is_active = 0 WHERE name = 'webhook-local'");
    expect(await states()).toMatchObject({ person: 'silent Suporte' });
    await control.write("UPDATE agent_providers SET is_active = 1 WHERE name = 'webhook-local'");
    await control.fault({ kind: 'status', status: 500, path: '/routes$', times: null } as never);
    expect(await states()).toMatchObject({ chat: 'unknown null', person: 'unknown null' });
    await control.clearFaults();
    await control.write('DELETE FROM agent_routes WHERE chat_id = ?', [chatId]);
  });
});
