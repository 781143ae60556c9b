import { createHash } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { credentialFor, sendJson, startServer, TEST_KEY, type Fixture } from '#lib/omni/testing/fixture-server.ts';
import { findOwnKey, isOwnKey } from './own-key.ts';
import { omniAs } from '#lib/omni/door/request.ts';

const OWN = '99999990-0000-4000-8000-000000000001';
const OTHER = '99999990-0000-4000-8000-000000000002';
const hashOf = (key: string) => createHash('sha256').update(key).digest('hex');
const row = (id: string, keyHash: string) => ({
  id,
  keyHash,
  name: `key ${id.slice(-1)}`,
  keyPrefix: '01234567',
  scopes: ['keys:read'],
  status: 'active',
  usageCount: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
});
const rows = [row(OTHER, hashOf('omni_sk_other')), row(OWN, hashOf(TEST_KEY).toUpperCase())];

let server: Fixture | undefined;
afterEach(() => server?.stop());

test('own-key: the own key is found by its hash, which goes no further', async () => {
  server = await startServer((response) => sendJson(response, 200, { items: rows, meta: { total: 2 } }));
  const credential = credentialFor(server.url);
  const found = await findOwnKey(omniAs(credential), credential);
  expect(found).toMatchObject({
    ok: true,
    value: { id: OWN, name: 'key 1', scopes: ['keys:read'], instanceIds: null },
  });
  expect(JSON.stringify(found)).not.toMatch(/keyHash|[0-9a-f]{64}/i);
});

test('own-key: beyond the list it is not listed, which is not "no"', async () => {
  server = await startServer((response) => sendJson(response, 200, { items: rows.slice(0, 1) }));
  const credential = credentialFor(server.url);
  expect(await findOwnKey(omniAs(credential), credential)).toEqual({ ok: true, value: 'not_listed' });
});

test('own-key: a key is asked by its id whether it is the own one', async () => {
  server = await startServer((response, { path }) =>
    sendJson(response, 200, { data: rows.find(({ id }) => path.endsWith(id)) }),
  );
  const credential = credentialFor(server.url);
  const omni = omniAs(credential);
  expect(await isOwnKey(omni, credential, OWN)).toEqual({ ok: true, value: true });
  expect(await isOwnKey(omni, credential, OTHER)).toEqual({ ok: true, value: false });
});

test('own-key: what can’t be known is an error, never "no"', async () => {
  server = await startServer((response) =>
    sendJson(response, 403, {
      error: { code: 'FORBIDDEN', message: 'Insufficient permissions. Required scope: keys:read' },
    }),
  );
  const credential = credentialFor(server.url);
  const error = { kind: 'forbidden', scope: 'keys:read' };
  expect(await findOwnKey(omniAs(credential), credential)).toMatchObject({ ok: false, error });
  expect(await isOwnKey(omniAs(credential), credential, OWN)).toMatchObject({ ok: false, error });
});
