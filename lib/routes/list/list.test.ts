import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { ownSandbox } from '#lib/omni/testing/own-sandbox.ts';
import { omniFor } from '#lib/operations/testing/bed.ts';
import { dropSnapshots } from '#lib/omni/cache/snapshot-cache.ts';
import { startSandbox } from '../../../sandbox/wire/server.ts';
import { readInstancesAndAgents, readRoutes, withAgentsBeyond, type RoutesReader } from './list.ts';
import { readNames } from './names.ts';
import { manyInstances } from '#lib/routes/testing/bed.ts';

const EVERYTHING: RoutesReader = { scopes: ['*'], instances: 'all' };
const rows = manyInstances(40, 50);

const { sandbox, control } = await ownSandbox({ persons: 100 });
beforeAll(async () => {
  await control.rows(rows);
});
beforeEach(async () => {
  await control.clearFaults();
  await control.rateLimit(1000);
  await control.clearCalls();
  dropSnapshots({ id: 'demo', name: 'Demo', url: sandbox.url });
});

/** A key of its own, by its scopes and instances. */
async function keyWith(scopes: string[], instanceIds: string[] | null = null): Promise<string> {
  const secret = `omni_sk_${randomUUID().replaceAll('-', '')}`;
  await control.rows({ api_keys: [{ secret, scopes, instanceIds }] });
  return secret;
}

async function listAs(key: string, reader: RoutesReader, wanted?: string) {
  const omni = omniFor(sandbox.url, key);
  const sources = await readInstancesAndAgents(omni, reader, wanted);
  if (!sources.ok) return sources.error;
  return { ...sources.value, ...(await readRoutes(omni, sources.value.instances, sources.value.agents)) };
}

function listed(answer: Awaited<ReturnType<typeof listAs>>) {
  if ('kind' in answer) throw new Error(answer.kind);
  return answer;
}

const mine = new Set<string>(rows.instances.map(({ id }) => id));

test('readRoutes reads 2,000 routes of 40 instances with one call an instance, well within the budget', async () => {
  const { rows: seen, failed, late } = listed(await listAs(sandbox.keys.admin, EVERYTHING));
  const { items } = await control.calls();
  expect([seen.filter(({ instanceId }) => mine.has(instanceId)).length, failed, late]).toEqual([2000, [], []]);
  expect(items.filter(({ path }) => path.endsWith('/routes')).length).toBe(43);
  expect(items.length).toBeLessThanOrEqual(46);
  expect(items.every(({ status }) => status === 200)).toBe(true);
});

test('readRoutes names an instance that fails and one that hangs, and waits for neither', async () => {
  const [broken, slow] = rows.instances;
  if (!broken || !slow) throw new Error('no instances');
  await control.fault({ kind: 'status', status: 500, path: `${broken.id}/routes$`, times: null });
  await control.fault({ kind: 'hold', path: `${slow.id}/routes$`, times: null });
  const omni = omniFor(sandbox.url, sandbox.keys.admin);
  const sources = await readInstancesAndAgents(omni, EVERYTHING);
  if (!sources.ok) throw new Error(sources.error.kind);
  const { instances, agents } = sources.value;
  const seen = await readRoutes(omni, instances, agents, { deadlineMs: 4000 });
  expect(seen.failed.map(({ instance }) => instance.name)).toEqual([broken.name]);
  expect(seen.late.map(({ name }) => name)).toEqual([slow.name]);
  expect(new Set(seen.rows.map(({ instanceId }) => instanceId)).intersection(mine).size).toBe(38);

  // The slow one was asked once: who waits for it gets the answer that was on its way.
  const came: string[] = [];
  const rest = readRoutes(omni, seen.late, agents, {
    onInstance: ({ answered }) => came.push(...answered.map(({ name }) => name)),
  });
  await control.clearFaults();
  await rest;
  expect(came).toEqual([slow.name]);
  const asked = (await control.calls()).items.filter(({ path }) => path.includes(slow.id));
  expect(asked.length).toBe(1);
});

test('readRoutes never takes the part of the budget that is for clicks', async () => {
  await control.rateLimit(60);
  const omni = omniFor(sandbox.url, await keyWith(['*']));
  const sources = await readInstancesAndAgents(omni, EVERYTHING);
  if (!sources.ok) throw new Error(sources.error.kind);
  const seen = await readRoutes(omni, sources.value.instances, sources.value.agents, { deadlineMs: 4000 });
  const answered = (await control.calls()).items.filter(({ path }) => path.endsWith('/routes')).length;
  expect(answered).toBeGreaterThan(20);
  expect(answered + 2).toBeLessThanOrEqual(60 * 0.7 + 1);
  expect(seen.late.length).toBe(43 - answered);
});

test('readRoutes reads one instance for a key limited to it', async () => {
  const [own] = rows.instances;
  const key = await keyWith(['*'], [own?.id ?? '']);
  const seen = listed(await listAs(key, { scopes: ['*'], instances: [own?.id ?? ''] }));
  expect([seen.instances.map(({ name }) => name), seen.rows.length, seen.failed]).toEqual([[own?.name], 50, []]);
});

test('readRoutes without agents:read has ids, and calls no agent missing', async () => {
  const scopes = ['instances:read', 'routes:read'];
  const seen = listed(await listAs(await keyWith(scopes), { scopes, instances: 'all' }));
  expect(seen.agents.rest).toEqual({ is: 'forbidden', scope: 'agents:read' });
  expect(new Set(seen.rows.map(({ agentState }) => agentState))).toEqual(new Set(['not-seen']));
  expect((await control.calls()).items.filter(({ path }) => path.endsWith('/agents'))).toEqual([]);
});

test('readInstancesAndAgents with routes:read alone: the instances of the key, the one that was asked for, or a refusal that says why', async () => {
  const [own, other] = rows.instances;
  const scopes = ['routes:read'];
  const kept = await keyWith(scopes, [own?.id ?? '']);
  const byKey = listed(await listAs(kept, { scopes, instances: [own?.id ?? ''] }));
  expect([byKey.named, byKey.rows.length]).toEqual([false, 50]);
  const free = await keyWith(scopes);
  const byId = listed(await listAs(free, { scopes, instances: 'all' }, other?.id));
  expect([byId.instances.map(({ id }) => id), byId.rows.length]).toEqual([[other?.id], 50]);
  expect(await listAs(free, { scopes, instances: 'all' })).toMatchObject({
    kind: 'forbidden',
    scope: 'instances:read',
  });
});

test('readNames lists chats by instance, reads people one by one, and asks for none again', async () => {
  const omni = omniFor(sandbox.url, await keyWith(['*']));
  const targets = rows.agent_routes.slice(0, 100).map((route) => ({
    scope: 'chatId' in route ? ('chat' as const) : ('user' as const),
    id: 'chatId' in route ? route.chatId : route.personId,
    instanceId: route.instanceId,
  }));
  const names = await readNames(omni, ['*'], targets);
  expect([...names.values()].filter(({ state, name }) => state === 'known' && name).length).toBe(100);
  const { counts } = await control.calls();
  expect(counts).toEqual({
    'GET /api/v2/chats': 2,
    'GET /api/v2/persons/:id': targets.filter(({ scope }) => scope === 'user').length,
  });
  await control.clearCalls();
  expect((await readNames(omni, ['*'], targets)).size).toBe(100);
  expect((await control.calls()).items).toEqual([]);
});

test('readNames tells a target that is gone from one that failed, and does not ask for what the key may not read', async () => {
  const omni = omniFor(sandbox.url, await keyWith(['*']));
  const [route] = rows.agent_routes.filter((each) => 'chatId' in each);
  const known = {
    scope: 'chat' as const,
    id: (route && 'chatId' in route && route.chatId) || '',
    instanceId: route?.instanceId ?? '',
  };
  const nobody = { scope: 'user' as const, id: randomUUID(), instanceId: '' };
  await control.fault({ kind: 'status', status: 500, path: `/chats/${known.id}$`, times: null });
  const names = await readNames(omni, ['*'], [known, nobody]);
  expect([names.get(known.id)?.state, names.get(nobody.id)?.state]).toEqual(['failed', 'gone']);
  await control.clearCalls();
  expect((await readNames(omni, ['routes:read'], [known])).size).toBe(0);
  expect((await control.calls()).items).toEqual([]);
});

test('readRoutes lists routes of an older Omni with the name at their provider', async () => {
  const old = await startSandbox({ port: 0, persons: 100, generation: 'feb' });
  try {
    const omni = omniFor(old.url, old.keys.admin);
    const sources = await readInstancesAndAgents(omni, EVERYTHING);
    if (!sources.ok) throw new Error(sources.error.kind);
    const { rows: seen } = await readRoutes(omni, sources.value.instances, sources.value.agents);
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.filter(({ agentState, agent }) => agentState === 'older' && agent).length).toBe(
      seen.filter(({ agentState }) => agentState !== 'default').length,
    );
  } finally {
    await old.stop();
  }
});

test('readInstancesAndAgents does not wait for slow agents longer than the deadline, and says what is late', async () => {
  await control.fault({ kind: 'latency', ms: 3000, path: '/agents$', times: null });
  const sources = await readInstancesAndAgents(omniFor(sandbox.url, sandbox.keys.admin), EVERYTHING, undefined, 1000);
  expect(sources.ok && [sources.value.late, sources.value.agents.rest?.is, sources.value.instances.length > 0]).toEqual(
    [true, 'failed', true],
  );
});

test('withAgentsBeyond names an agent that Omni does not list, since it lists 200, and one that is gone as missing', async () => {
  const [home] = rows.instances;
  if (!home) throw new Error('no instance');
  const agents = Array.from({ length: 210 }, (_, at) => ({ id: randomUUID(), name: `Agente ${at}` }));
  await control.rows({ agents });
  const omni = omniFor(sandbox.url, sandbox.keys.admin);
  const sources = await readInstancesAndAgents(omni, EVERYTHING);
  if (!sources.ok) throw new Error(sources.error.kind);
  const { instances, agents: listed } = sources.value;
  const hidden = agents.find(({ id }) => !listed.byId.has(id));
  if (!hidden) throw new Error('all agents are listed');
  const read = await readRoutes(omni, [home], listed);
  const [first, second] = read.routes;
  if (!first || !second) throw new Error('no routes');
  const routes = [
    { ...first, agentId: hidden.id },
    { ...second, agentId: randomUUID() },
  ];
  const { seen } = await withAgentsBeyond(omni, { ...read, routes }, instances, listed);
  expect(seen.rows.map(({ agent, agentState }) => [agent, agentState])).toEqual([
    [hidden.name, 'active'],
    [null, 'missing'],
  ]);
  await control.write("DELETE FROM agents WHERE name LIKE 'Agente %'");
});
