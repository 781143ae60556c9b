import { afterEach, expect, test, vi } from 'vitest';
import { credentialFor, sendJson, startServer, TEST_KEY, type Fixture } from '#lib/omni/testing/fixture-server.ts';
import { omniAs } from '#lib/omni/door/request.ts';
import { unlinkIdentity } from '#lib/omni/resources/persons.ts';
import { deleteRoute } from '#lib/omni/resources/routes.ts';
import { snapshot } from './snapshot-cache.ts';
import { accessRulesSnapshot, agentsSnapshot, instancesSnapshot, routesSnapshot } from './snapshot.ts';
import { err, ok } from '#lib/omni/result.ts';

const ID = 'dddddd01-0000-4000-8000-000000000001';
const OTHER = 'dddddd02-0000-4000-8000-000000000002';

let server: Fixture | undefined;
afterEach(async () => {
  vi.useRealTimers();
  await server?.stop();
});

test('snapshot: each kind asks once for many, and once more for another instance', async () => {
  server = await startServer((response) => sendJson(response, 200, { items: [], meta: { hasMore: false } }));
  const omni = omniAs(credentialFor(server.url));
  const later = omniAs(credentialFor(server.url), { actor: 'another request' });
  const all = [instancesSnapshot, agentsSnapshot, accessRulesSnapshot];
  await Promise.all([...all, ...all].map((take) => take(omni)));
  await Promise.all(all.map((take) => take(later)));
  await Promise.all([routesSnapshot(omni, ID), routesSnapshot(later, ID), routesSnapshot(omni, OTHER)]);
  expect(server.heard.map(({ path }) => path).toSorted()).toEqual([
    '/api/v2/access/rules',
    '/api/v2/agents?limit=200',
    `/api/v2/instances/${ID}/routes`,
    `/api/v2/instances/${OTHER}/routes`,
    '/api/v2/instances?limit=100',
  ]);
});

test('snapshot: another key sees its own', async () => {
  server = await startServer((response) => sendJson(response, 200, { items: [] }));
  await agentsSnapshot(omniAs(credentialFor(server.url)));
  await agentsSnapshot(omniAs(credentialFor(server.url, `${TEST_KEY}2`)));
  expect(server.heard).toHaveLength(2);
});

test('a write through the door drops the snapshots of every key of that server, whatever came of it', async () => {
  let status = 200;
  server = await startServer((response, heard) =>
    heard.method === 'GET' ? sendJson(response, 200, { items: [] }) : response.writeHead(status).end(),
  );
  const [omni, colleague] = [omniAs(credentialFor(server.url)), omniAs(credentialFor(server.url, `${TEST_KEY}2`))];
  for (const next of [200, 500]) {
    status = next;
    await agentsSnapshot(colleague);
    const before = server.heard.length;
    await agentsSnapshot(colleague);
    expect(server.heard.length).toBe(before);
    await unlinkIdentity(omni, { identityId: ID, reason: 'test' });
    await agentsSnapshot(colleague);
    expect(server.heard.length).toBe(before + 2);
  }
});

test('snapshot: a write to a route drops the routes of its instance and nothing else', async () => {
  server = await startServer((response, heard) =>
    heard.method === 'GET' ? sendJson(response, 200, { items: [] }) : response.writeHead(500).end(),
  );
  const [omni, colleague] = [omniAs(credentialFor(server.url)), omniAs(credentialFor(server.url, `${TEST_KEY}2`))];
  const look = () =>
    Promise.all([agentsSnapshot(colleague), routesSnapshot(colleague, ID), routesSnapshot(colleague, OTHER)]);
  await look();
  await deleteRoute(omni, ID, OTHER);
  server.heard.length = 0;
  await look();
  expect(server.heard.map(({ path }) => path)).toEqual([`/api/v2/instances/${ID}/routes`]);
});

test('snapshot: a read that was on its way when a write came isn’t kept', async () => {
  const omni = omniAs(credentialFor('http://127.0.0.1:1'));
  const slow = Promise.withResolvers<ReturnType<typeof ok<string>>>();
  const name = `routes ${ID}`;
  const first = snapshot(omni, name, () => slow.promise);
  await deleteRoute(omni, ID, OTHER);
  const second = await snapshot(omni, name, async () => ok('after'));
  slow.resolve(ok('before'));
  expect(await first).toEqual(ok('before'));
  expect(second).toEqual(ok('after'));
  expect(await snapshot(omni, name, async () => ok('again'))).toEqual(ok('after'));
});

test('snapshot: is forgotten after 15 s, and at once when it failed', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const omni = omniAs(credentialFor('http://127.0.0.1:2'));
  const read = vi.fn(async () => ok(read.mock.calls.length));
  await snapshot(omni, 'age', read);
  vi.setSystemTime(Date.now() + 14_999);
  await snapshot(omni, 'age', read);
  expect(read).toHaveBeenCalledTimes(1);
  vi.setSystemTime(Date.now() + 1);
  await snapshot(omni, 'age', read);
  expect(read).toHaveBeenCalledTimes(2);

  const failing = vi.fn(async () => err({ kind: 'unauthorized' as const, requestId: 'r' }));
  await Promise.all([snapshot(omni, 'failing', failing), snapshot(omni, 'failing', failing)]);
  await snapshot(omni, 'failing', failing);
  expect(failing).toHaveBeenCalledTimes(2);
});

test('snapshot: no more than 500 are held, the oldest is dropped first', async () => {
  const omni = omniAs(credentialFor('http://127.0.0.1:3'));
  const read = vi.fn(async () => ok(1));
  for (let index = 0; index <= 500; index += 1) await snapshot(omni, `n${index}`, read);
  read.mockClear();
  await snapshot(omni, 'n500', read);
  expect(read).not.toHaveBeenCalled();
  await snapshot(omni, 'n0', read);
  expect(read).toHaveBeenCalledTimes(1);
});
