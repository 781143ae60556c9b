import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { ownSandbox } from '#lib/omni/testing/own-sandbox.ts';
import { omniFor } from '#lib/operations/testing/bed.ts';
import { createControl } from '../../../sandbox/wire/control/control-client.ts';
import { startSandbox } from '../../../sandbox/wire/server.ts';
import { dropSnapshots } from '#lib/omni/cache/snapshot-cache.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { valueOf } from '#lib/omni/seen.ts';
import { agentsSeen, readRoutes } from '#lib/routes/list/list.ts';
import type { VerdictReader } from '#lib/routes/verdict/read-verdict.ts';
import { checkBehind, type HealthProgress } from './check-behind.ts';
import { readHealth, sureVerdicts, type HealthRead } from './health-read.ts';

const EVERYTHING = { scopes: ['*'], capabilities: { generation: 'current' as const } };

/** The whole check to its end: what was found and judged, and how far it came. */
async function checked(omni: Omni, reader: VerdictReader = EVERYTHING) {
  const health = await readHealth(omni, { scopes: reader.scopes, instances: 'all' });
  if (!health.ok) throw new Error(health.error.kind);
  const found = [...health.value.findings];
  const verdicts = sureVerdicts(health.value);
  let last: Partial<HealthProgress> = {};
  const take = ({ findings, verdicts: more, ...progress }: HealthProgress) => {
    found.push(...findings);
    for (const [id, verdict] of more) verdicts.set(id, verdict);
    last = { ...last, ...progress };
  };
  await checkBehind(omni, reader, health.value, take, new AbortController().signal);
  const reasonsOf = (id: string) => found.filter(({ routeId }) => routeId === id).map(({ reason }) => reason);
  return { health: health.value, found, verdicts, last, reasonsOf };
}

const { sandbox, control } = await ownSandbox({ persons: 100 });
beforeEach(() => dropSnapshots({ id: 'demo', name: 'Demo', url: sandbox.url }));

test('checkBehind finds chats elsewhere and twice, people without an identity, and routes of one person that contradict', async () => {
  const [here, there] = [randomUUID(), randomUUID()];
  const [agent, other, ana, bia, caio] = [randomUUID(), randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const chats = {
    far: randomUUID(),
    one: randomUUID(),
    two: randomUUID(),
    anas: randomUUID(),
    caios: randomUUID(),
  };
  const ids = {
    far: randomUUID(),
    one: randomUUID(),
    two: randomUUID(),
    anas: randomUUID(),
    caios: randomUUID(),
    ana: randomUUID(),
    bia: randomUUID(),
    caio: randomUUID(),
  };
  const base = { instanceId: here, agentId: agent };
  await control.rows({
    agents: [
      { id: agent, name: 'Vendas' },
      { id: other, name: 'Suporte' },
    ],
    instances: [
      { id: here, name: 'Aqui' },
      { id: there, name: 'Ali' },
    ],
    persons: [{ id: ana }, { id: bia }, { id: caio }],
    platform_identities: [
      { personId: ana, instanceId: here, platformUserId: '5511987654321@s.whatsapp.net' },
      { personId: bia, instanceId: there },
      { personId: caio, instanceId: here, platformUserId: '5511987654399@s.whatsapp.net' },
    ],
    chats: [
      { id: chats.far, instanceId: there, name: 'Longe' },
      { id: chats.one, instanceId: here, canonicalId: 'mesmo', name: 'Um' },
      { id: chats.two, instanceId: here, canonicalId: 'mesmo', name: 'Dois' },
      { id: chats.anas, instanceId: here, externalId: '5511987654321@s.whatsapp.net', name: 'Ana' },
      { id: chats.caios, instanceId: here, externalId: '5511987654399@s.whatsapp.net', name: 'Caio' },
    ],
    agent_routes: [
      ...(['far', 'one', 'two', 'anas', 'caios'] as const).map((name) => ({
        ...base,
        id: ids[name],
        scope: 'chat',
        chatId: chats[name],
        label: name,
      })),
      { ...base, id: ids.ana, scope: 'user', personId: ana, agentId: other },
      { ...base, id: ids.bia, scope: 'user', personId: bia },
      { ...base, id: ids.caio, scope: 'user', personId: caio },
    ],
  });
  const { last, found, verdicts, reasonsOf } = await checked(omniFor(sandbox.url, sandbox.keys.admin));
  expect([last.checked, last.failed]).toEqual([last.total, 0]);
  expect(Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, reasonsOf(id)]))).toEqual({
    far: ['chat-elsewhere'],
    one: ['duplicate'],
    two: ['duplicate'],
    anas: [],
    caios: [],
    ana: ['shadowed'],
    bia: ['no-identity'],
    // Both of the person's routes say the same, so that nothing contradicts.
    caio: [],
  });
  expect(found.find(({ routeId }) => routeId === ids.ana)?.values).toEqual({
    other: 'anas',
    agent: 'Suporte',
    first: 'Vendas',
    same: 'no',
  });
  expect(verdicts.get(ids.far)).toMatchObject({ is: 'nobody', why: 'chat-elsewhere' });
  // Of a healthy route nothing is judged.
  expect(verdicts.has(ids.anas)).toBe(false);
  // What is called shadowed is beaten in that chat, by the route that is named.
  const answer = await control.whoAnswers({ instanceId: here, chatId: chats.anas, personId: ana });
  expect(answer.route?.id).toBe(ids.anas);
});

test('checkBehind says who answers a route with a finding now, as routing, provider and access rules have it', async () => {
  const [home, allowed] = [randomUUID(), randomUUID()];
  const [silent, live, off, quiet] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const [here, gone] = ['5511900000001@s.whatsapp.net', '5511900000002@s.whatsapp.net'];
  const person = randomUUID();
  const ids = { silent: randomUUID(), off: randomUUID(), inactive: randomUUID(), blocked: randomUUID() };
  const chats = { silent: randomUUID(), off: randomUUID(), inactive: randomUUID() };
  const mute = randomUUID();
  await control.rows({
    agent_providers: [
      { id: mute, name: 'Mudo', baseUrl: 'http://127.0.0.1:9' },
      { id: live, name: 'Vivo' },
    ],
    agents: [
      { id: silent, name: 'Sem voz', agentProviderId: mute },
      { id: off, name: 'Antigo', isActive: false, agentProviderId: live },
      { id: quiet, name: 'Padrão', agentProviderId: live },
    ],
    instances: [
      { id: home, name: 'Casa', agentId: quiet },
      { id: allowed, name: 'Lista', agentId: quiet, accessMode: 'allowlist' },
    ],
    persons: [{ id: person }],
    platform_identities: [{ personId: person, instanceId: allowed, platformUserId: gone }],
    chats: [
      { id: chats.silent, instanceId: home, externalId: here, chatType: 'dm', name: 'Mudos' },
      { id: chats.off, instanceId: home, name: 'Antigos' },
      { id: chats.inactive, instanceId: home, name: 'Parados' },
    ],
    agent_routes: [
      { id: ids.silent, instanceId: home, scope: 'chat', chatId: chats.silent, agentId: silent },
      { id: ids.off, instanceId: home, scope: 'chat', chatId: chats.off, agentId: off },
      { id: ids.inactive, instanceId: home, scope: 'chat', chatId: chats.inactive, agentId: silent, isActive: false },
      { id: ids.blocked, instanceId: allowed, scope: 'user', personId: person, agentId: off },
    ],
  });
  const { verdicts, reasonsOf } = await checked(omniFor(sandbox.url, sandbox.keys.admin));
  expect(reasonsOf(ids.silent)).toEqual(['provider-silent']);
  expect(verdicts.get(ids.silent)).toMatchObject({ is: 'nobody', why: 'provider-silent', agent: { name: 'Sem voz' } });
  expect(reasonsOf(ids.off)).toEqual(['agent-off']);
  expect(verdicts.get(ids.off)).toEqual({ is: 'answers', by: { id: off, name: 'Antigo' } });
  expect(verdicts.get(ids.inactive)).toEqual({ is: 'answers', by: { id: quiet, name: 'Padrão' } });
  expect(verdicts.get(ids.blocked)).toMatchObject({ is: 'nobody', why: 'not-on-allowlist' });
});

test('checkBehind finds nothing about people and providers that could not be read, and says so', async () => {
  const omni = omniFor(sandbox.url, sandbox.keys.consoleAdmin ?? '');
  await control.fault({ kind: 'status', status: 500, path: '/persons/[^/]+/presence$', times: null });
  await control.fault({ kind: 'status', status: 500, path: '/providers/[^/]+/health$', times: null });
  const { last, found, verdicts, health } = await checked(omni);
  await control.clearFaults();
  const people = health.seen.routes.filter(({ scope }) => scope === 'user');
  expect(last.failed).toBe(people.length);
  expect(last.without).toEqual(['provider-health']);
  const reasons = new Set(found.map(({ reason }) => reason));
  for (const reason of ['no-identity', 'target-gone', 'shadowed', 'provider-silent'] as const)
    expect(reasons.has(reason)).toBe(false);
  // Without the provider's health nobody is said to answer.
  expect([...verdicts.values()].filter(({ is }) => is === 'answers')).toEqual([]);
});

test('readHealth names the scopes that are missing, and checkBehind asks for nothing without them', async () => {
  const scopes = ['routes:read', 'instances:read'];
  const omni = omniFor(sandbox.url, sandbox.keys.admin);
  await control.clearCalls();
  const { health, last, verdicts } = await checked(omni, { ...EVERYTHING, scopes });
  expect(health.needs).toEqual(['agents:read', 'providers:read', 'chats:read', 'persons:read']);
  expect(last.total).toBeGreaterThan(0);
  expect([last.checked, last.failed]).toEqual([last.total, last.total]);
  const asked = (await control.calls()).items.map(({ path }) => path);
  expect(asked.filter((path) => /agents|providers|chats|persons|access/.test(path))).toEqual([]);
  expect([...verdicts.values()].filter(({ is }) => is === 'answers')).toEqual([]);
});

test('readHealth names the scopes that Omni refuses where nobody knew the key’s', async () => {
  const secret = `omni_sk_${randomUUID().replaceAll('-', '')}`;
  const scopes = ['routes:read', 'instances:read', 'chats:read', 'persons:read'];
  await control.rows({ api_keys: [{ name: 'unknown scopes', secret, scopes }] });
  const health = await readHealth(omniFor(sandbox.url, secret), { scopes: null, instances: 'unknown' });
  if (!health.ok) throw new Error(health.error.kind);
  expect(health.value.needs).toEqual(['agents:read', 'providers:read']);
});

test('readHealth says that agents could not be read, and finds nothing about routes for that', async () => {
  const omni = omniFor(sandbox.url, sandbox.keys.consoleAdmin ?? '');
  await control.fault({ kind: 'status', status: 503, path: '/(agents|providers)$', times: null });
  const health = await readHealth(omni, { scopes: ['*'], instances: 'all' });
  await control.clearFaults();
  if (!health.ok) throw new Error(health.error.kind);
  expect(health.value).toMatchObject({ unread: ['agents', 'providers'], needs: [], agents: { is: 'failed' } });
  expect(health.value.findings.filter(({ reason }) => reason === 'agent-missing')).toEqual([]);
});

test('checkBehind counts a chat with routes on two instances twice', async () => {
  const [one, two, chatId] = [randomUUID(), randomUUID(), randomUUID()];
  await control.rows({
    instances: [{ id: one }, { id: two }],
    chats: [{ id: chatId, instanceId: one, name: 'Duas vezes' }],
    agent_routes: [one, two].map((instanceId) => ({ instanceId, scope: 'chat', chatId })),
  });
  const omni = omniFor(sandbox.url, sandbox.keys.admin);
  const instances = [one, two].map((id) => ({ id, name: id }));
  const seen = await readRoutes(omni, instances, agentsSeen(valueOf([])));
  const health: HealthRead = {
    seen,
    findings: [],
    instances: new Map(),
    sources: new Map(),
    named: true,
    all: [],
    unanswered: new Set(),
    agents: valueOf([]),
    providers: valueOf([]),
    needs: [],
    unread: [],
  };
  const progress: { checked: number; failed: number }[] = [];
  await checkBehind(omni, EVERYTHING, health, (line) => void progress.push(line), new AbortController().signal);
  expect(progress.at(-1)).toMatchObject({ checked: 2, failed: 0 });
});

test('checkBehind on an older Omni: no list of agents is no failure, and a provider that does not respond is found', async () => {
  const old = await startSandbox({ port: 0, persons: 100, generation: 'feb' });
  try {
    const levers = createControl(old.url);
    await levers.write("UPDATE agent_providers SET base_url = 'http://127.0.0.1:9'");
    await levers.clearCalls();
    const omni = omniFor(old.url, old.keys.admin);
    const february = { scopes: ['*'], capabilities: { generation: 'february' as const } };
    const read = await readHealth(omni, { ...february, instances: 'all' });
    if (!read.ok) throw new Error(read.error.kind);
    expect([read.value.unread, read.value.agents.is]).toEqual([[], 'absent']);
    const found: string[] = [];
    const take = ({ findings }: HealthProgress) => void found.push(...findings.map(({ reason }) => reason));
    await checkBehind(omni, february, read.value, take, new AbortController().signal);
    expect(found).toContain('provider-silent');
    expect((await levers.calls()).items.filter(({ path }) => path.endsWith('/agents'))).toEqual([]);
  } finally {
    await old.stop();
  }
});
