import { afterEach, expect, test } from 'vitest';
import { readConnections } from './connections.ts';
import { credentialFor, sendJson, startServer, type Fixture } from '#lib/omni/testing/fixture-server.ts';
import { omniAs } from '#lib/omni/door/request.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';

let server: Fixture | undefined;
afterEach(() => server?.stop());

const id = (number: number) => `dddddd01-0000-4000-8000-${String(number).padStart(12, '0')}`;
const instances = (count: number, more: Partial<Instance> = {}) =>
  Array.from(
    { length: count },
    (_, index) => ({ id: id(index), name: `i${index}`, isActive: true, ...more }) as Instance,
  );
const ids = (all: readonly Instance[]) => all.map((one) => one.id);

test('readConnections: connected, not connected, unknown to Omni and unanswered are kept apart; an inactive instance is not asked', async () => {
  server = await startServer((response, { path }) => {
    const at = [0, 1, 2].find((number) => path.includes(id(number)));
    if (at === undefined) return response.writeHead(500).end();
    const state = ['connected', 'disconnected', 'unknown'][at];
    sendJson(response, 200, { data: { instanceId: id(at), state, isConnected: at === 0 } });
  });
  const omni = omniAs(credentialFor(server.url));
  const off = { id: id(9), isActive: false } as Instance;
  const found = await readConnections(omni, [...instances(4), off], 5000);
  expect(ids(found.up)).toEqual([id(0)]);
  expect(found.down).toMatchObject([{ instance: { id: id(1) }, state: 'disconnected' }]);
  expect(ids(found.silent)).toEqual([id(2)]);
  expect(ids(found.unread)).toEqual([id(3)]);
  expect(found.error).not.toBeNull();
  expect(server.heard.some(({ path }) => path.includes(id(9)))).toBe(false);
});

test('readConnections: of many instances fifty are asked, and once within 15 s', async () => {
  server = await startServer((response) =>
    sendJson(response, 200, { data: { instanceId: id(0), state: 'connected', isConnected: true } }),
  );
  const omni = omniAs(credentialFor(server.url));
  const found = await readConnections(omni, instances(60), 5000);
  expect([found.up.length, found.unread.length]).toEqual([50, 10]);
  await readConnections(omni, instances(60), 5000);
  expect(server.heard).toHaveLength(50);
});
