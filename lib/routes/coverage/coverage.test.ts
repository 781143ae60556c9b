import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { ownSandbox } from '#lib/omni/testing/own-sandbox.ts';
import { omniFor } from '#lib/operations/testing/bed.ts';
import { dropSnapshots } from '#lib/omni/cache/snapshot-cache.ts';
import { filterRows, NO_FILTER } from '#lib/routes/list/list-filter.ts';
import { readHealth } from '#lib/routes/health/health-read.ts';
import { startSandbox } from '../../../sandbox/wire/server.ts';
import { TO_NOBODY } from './coverage.ts';
import { readCoverage } from './read.ts';
import { sortCoverage } from './sort.ts';

const READER = { scopes: ['*'], instances: 'all' as const };
const ids = { live: randomUUID(), off: randomUUID(), bare: randomUUID(), vendas: randomUUID(), escuro: randomUUID() };
const [shop, empty] = [randomUUID(), randomUUID()];

const { sandbox, control } = await ownSandbox({ persons: 100 });
beforeAll(async () => {
  const chats = Array.from({ length: 3 }, () => randomUUID());
  const people = Array.from({ length: 2 }, () => randomUUID());
  const route = { instanceId: shop };
  await control.rows({
    agent_providers: [
      { id: ids.live, name: 'Vivo' },
      { id: ids.off, name: 'Parado', isActive: false },
    ],
    agents: [
      { id: ids.vendas, name: 'Vendas da loja', agentProviderId: ids.live },
      { id: ids.escuro, name: 'Escuro', agentProviderId: ids.off },
    ],
    instances: [
      { id: shop, name: 'Loja', agentId: ids.vendas },
      { id: empty, name: 'Vazia', agentId: null },
    ],
    chats: chats.map((id) => ({ id, instanceId: shop })),
    persons: people.map((id) => ({ id })),
    agent_routes: [
      { ...route, scope: 'chat', chatId: chats[0], agentId: ids.vendas },
      { ...route, scope: 'chat', chatId: chats[1], agentId: ids.escuro },
      { ...route, scope: 'chat', chatId: chats[2], agentId: ids.escuro, isActive: false },
      { ...route, scope: 'user', personId: people[0], agentId: ids.vendas },
      { ...route, scope: 'user', personId: people[1], agentId: null },
    ],
  });
});
beforeEach(async () => {
  await control.clearFaults();
  dropSnapshots({ id: 'demo', name: 'Demo', url: sandbox.url });
});

async function coverage(reader: Parameters<typeof readCoverage>[1] = READER) {
  const read = await readCoverage(omniFor(sandbox.url, sandbox.keys.admin), reader);
  if (!read.ok) throw new Error(read.error.kind);
  return read.value;
}

test('coverage: what an instance and an agent cover, and who answers everyone else', async () => {
  const { ofInstances, ofAgents, missing, unsure } = await coverage();
  expect([missing, unsure]).toEqual([[], false]);
  expect(ofInstances.find(({ id }) => id === shop)).toEqual({
    id: shop,
    name: 'Loja',
    agent: { id: ids.vendas, name: 'Vendas da loja' },
    counts: { chats: 2, people: 2, inactive: 1, nobody: 1 },
    rest: { is: 'answers', by: { id: ids.vendas, name: 'Vendas da loja' } },
    allowlist: false,
  });
  expect(ofInstances.find(({ id }) => id === empty)).toMatchObject({
    agent: null,
    counts: { chats: 0, people: 0, inactive: 0, nobody: 0 },
    rest: { is: 'nobody', why: 'no-agent' },
  });
  expect(ofAgents.find(({ id }) => id === ids.vendas)).toMatchObject({
    counts: { chats: 1, people: 2, inactive: 0, nobody: 0 },
    defaultOn: 1,
    answers: { is: 'answers' },
  });
  expect(ofAgents.find(({ id }) => id === ids.escuro)).toMatchObject({
    counts: { chats: 1, people: 0, inactive: 1, nobody: 1 },
    defaultOn: 0,
    answers: { is: 'nobody', why: 'provider-inactive' },
  });
});

test('coverage: every number is the length of the list that it leads to', async () => {
  const { ofInstances, ofAgents } = await coverage();
  const health = await readHealth(omniFor(sandbox.url, sandbox.keys.admin), READER);
  if (!health.ok) throw new Error(health.error.kind);
  const { rows } = health.value.seen;
  const toNobody = new Set(
    health.value.findings.flatMap(({ routeId, reason }) =>
      (TO_NOBODY as readonly string[]).includes(reason) ? [routeId] : [],
    ),
  );
  const listed = (whose: object) => {
    const of = (more: object) => filterRows(rows, { ...NO_FILTER, ...whose, ...more }, new Map());
    return {
      chats: of({ scope: 'chat', active: 'yes' }).length,
      people: of({ scope: 'user', active: 'yes' }).length,
      inactive: of({ active: 'no' }).length,
      nobody: of({}).filter(({ id }) => toNobody.has(id)).length,
    };
  };
  expect(rows.length).toBeGreaterThan(5);
  for (const { id, counts } of ofInstances) expect(counts).toEqual(listed({ instance: id }));
  for (const { id, counts } of ofAgents) expect(counts).toEqual(listed({ agent: id }));
});

test('coverage: an instance that fails has no numbers, and is named', async () => {
  await control.fault({ kind: 'status', status: 500, path: `/instances/${shop}/routes$`, times: null });
  const { ofInstances, missing } = await coverage();
  expect(missing).toEqual(['Loja']);
  expect(ofInstances.find(({ id }) => id === shop)).toMatchObject({ counts: null, rest: { is: 'answers' } });
  expect(ofInstances.find(({ id }) => id === empty)?.counts).toEqual({ chats: 0, people: 0, inactive: 0, nobody: 0 });
});

test('coverage: agents that fail and providers that may not be read are said, and nobody is said to answer', async () => {
  await control.fault({ kind: 'status', status: 500, path: '/agents$', times: null });
  const failed = await coverage();
  expect(failed.agents).toMatchObject({ is: 'failed' });
  expect(failed.ofInstances.find(({ id }) => id === shop)?.rest).toMatchObject({
    is: 'unknown',
    why: 'not-seen',
    part: 'agents',
  });
  await control.clearFaults();
  dropSnapshots({ id: 'demo', name: 'Demo', url: sandbox.url });
  const { ofInstances } = await coverage({ ...READER, scopes: ['routes:read', 'instances:read', 'agents:read'] });
  expect(ofInstances.find(({ id }) => id === shop)?.rest).toMatchObject({
    is: 'unknown',
    why: 'not-seen',
    seen: { is: 'forbidden', scope: 'providers:read' },
  });
});

test('coverage on an older Omni: default agents by their names at the provider, and no list of agents', async () => {
  const old = await startSandbox({ port: 0, persons: 100, generation: 'feb' });
  try {
    const reader = { ...READER, capabilities: { generation: 'february' as const } };
    const read = await readCoverage(omniFor(old.url, old.keys.admin), reader);
    if (!read.ok) throw new Error(read.error.kind);
    expect(read.value.agents.is).toBe('absent');
    const named = read.value.ofInstances.filter(({ agent }) => agent !== null);
    expect(named.length).toBeGreaterThan(0);
    for (const { agent, rest } of named) {
      expect(agent?.name).toBe(agent?.id);
      expect(rest).not.toMatchObject({ seen: { is: 'failed' } });
    }
  } finally {
    await old.stop();
  }
});

test('sortCoverage: numbers, names and lines without numbers last', () => {
  const line = (id: string, name: string, chats: number | null) => ({
    id,
    name,
    counts: chats === null ? null : { chats, people: 0, inactive: 0, nobody: 0 },
  });
  const lines = [line('a', 'Loja 2', 3), line('b', 'ágora', null), line('c', 'Zebra', 10), line('d', 'Bar', 3)];
  const order = (sort: Parameters<typeof sortCoverage>[1]) => sortCoverage(lines, sort).map(({ id }) => id);
  expect(order('name')).toEqual(['b', 'd', 'a', 'c']);
  expect(order('-chats')).toEqual(['c', 'd', 'a', 'b']);
  expect(order('chats')).toEqual(['d', 'a', 'c', 'b']);
});

test('coverage: of an instance with an allowlist, that only those on it are answered', async () => {
  await control.write("UPDATE instances SET access_mode = 'allowlist' WHERE id = ?", [shop]);
  const { ofInstances } = await coverage();
  await control.write("UPDATE instances SET access_mode = 'blocklist' WHERE id = ?", [shop]);
  expect(ofInstances.find(({ id }) => id === shop)).toMatchObject({ allowlist: true, rest: { is: 'answers' } });
});

test('coverage: where agents or providers could not be read, more routes may lead to nobody than are counted', async () => {
  for (const path of ['/agents$', '/providers$']) {
    await control.fault({ kind: 'status', status: 500, path, times: null });
    expect((await coverage()).unsure).toBe(true);
    await control.clearFaults();
    dropSnapshots({ id: 'demo', name: 'Demo', url: sandbox.url });
  }
  expect((await coverage({ ...READER, scopes: ['routes:read', 'instances:read', 'agents:read'] })).unsure).toBe(true);
});

test('coverage: without the instances there is none, and the permission is named', async () => {
  const secret = `omni_sk_${randomUUID().replaceAll('-', '')}`;
  await control.rows({ api_keys: [{ name: 'routes only', secret, scopes: ['routes:read'] }] });
  const read = await readCoverage(omniFor(sandbox.url, secret), { scopes: null, instances: [shop] });
  expect(read).toMatchObject({ ok: false, error: { kind: 'forbidden', scope: 'instances:read' } });
});
