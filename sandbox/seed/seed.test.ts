import { afterAll, expect, test } from 'vitest';
import { createControl } from '../wire/control/control-client.ts';
import { covers, scopeOf } from '../wire/scopes.ts';
import { startSandbox } from '../wire/server.ts';

const sandbox = await startSandbox({ port: 0, persons: 100 });
const control = createControl(sandbox.url);
afterAll(() => sandbox.stop());

test('seed: every recorded request of a key is one that Omni has, and that the key may make', async () => {
  const rows = await control.sql<{ method: string; path: string; scopes: string }>(
    'SELECT DISTINCT method, path, scopes FROM api_key_audit_logs JOIN api_keys ON api_keys.id = api_key_id',
  );
  expect(rows.length).toBeGreaterThan(5);
  for (const { method, path, scopes } of rows) {
    const scope = scopeOf(method, path.replace('/api/v2', ''));
    expect(scope, `${method} ${path}`).toBeDefined();
    expect(covers(JSON.parse(scopes) as string[], scope ?? ''), `${scopes} ${scope}`).toBe(true);
  }
});

test('seed: a key was used last from where its newest request came', async () => {
  const rows = await control.sql(
    `SELECT name, last_used_ip FROM api_keys WHERE last_used_at IS NOT NULL AND last_used_ip NOT IN
      (SELECT ip_address FROM api_key_audit_logs WHERE api_key_id = api_keys.id)`,
  );
  expect(rows).toEqual([]);
});

test('seed: an identity counts its messages, and was seen from its first to its last', async () => {
  const [{ events } = { events: 0 }] = await control.sql<{ events: number }>(
    'SELECT count(*) AS events FROM omni_events',
  );
  expect(events).toBeGreaterThan(20);
  const rows = await control.sql(
    `SELECT i.id FROM platform_identities i
      JOIN (SELECT platform_identity_id AS id, count(*) AS count, min(received_at) AS first, max(received_at) AS last
        FROM omni_events GROUP BY 1) AS of ON of.id = i.id
      WHERE i.message_count < of.count OR i.last_seen_at < of.last OR i.first_seen_at > of.first`,
  );
  expect(rows).toEqual([]);
});
