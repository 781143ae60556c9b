import { afterAll, expect, test, vi } from 'vitest';
import { openStore } from '#lib/store/database.ts';
import { createControl } from '../sandbox/wire/control/control-client.ts';
import { startSandbox } from '../sandbox/wire/server.ts';
import { tellStory } from './demo-story.ts';

const sandbox = await startSandbox({ port: 0, persons: 100 });
afterAll(() => sandbox.stop());

test('demo: three weeks of Activity are real changes, dated back, one undone and one stopped halfway', async () => {
  vi.stubEnv('APP_ORIGIN', 'http://127.0.0.1:3000');
  vi.stubEnv('OMNI_SERVERS', `Demo=${sandbox.url}`);
  vi.stubEnv('SESSION_PASSWORDS', `1:${'p'.repeat(32)}`);
  const db = await openStore({ file: ':memory:' });
  const now = Date.now();
  await tellStory(db, now);
  const entries = await db.selectFrom('operations').selectAll().orderBy('created_at').execute();
  expect(entries.map(({ operation, status }) => `${operation} ${status}`)).toEqual([
    'persons.edit done',
    'persons.merge done',
    'persons.merge done',
    'persons.merge-undo done',
    'routes.bulk stopped',
  ]);
  expect(entries[2]?.undone_by).toBe(entries[3]?.id);
  for (const { created_at, finished_at } of entries) {
    expect(created_at).toBeLessThan(now - 3 * 86_400_000);
    expect(finished_at).toBeGreaterThanOrEqual(created_at);
    expect(finished_at).toBeLessThan(created_at + 3_600_000);
  }
  const steps = await db
    .selectFrom('operation_steps')
    .selectAll()
    .where('entry_id', '=', entries[4]?.id ?? '')
    .execute();
  expect(steps.map(({ state }) => state)).toEqual(['done', 'planned']);
  const control = createControl(sandbox.url);
  const [record] = await control.sql<{ request: string; at: number }>(
    "SELECT request_id AS request, created_at / 1000 AS at FROM config_audit_logs WHERE request_id NOT LIKE 'req_%'",
  );
  expect(record?.request.slice(0, 18)).toBe(entries[4]?.id.slice(0, 18));
  expect(record?.at).toBeLessThan(now - 3 * 86_400_000);
  for (const [table, moment] of [
    ['persons', 'updated_at'],
    ['agent_routes', 'updated_at'],
    ['api_key_audit_logs', 'timestamp'],
    ['api_keys', 'last_used_at'],
  ] as const) {
    const sql = `SELECT id, ${moment} AS at FROM ${table} WHERE ${moment} >= ? OR ${moment} < ?`;
    expect(await control.sql(sql, [now * 1000, (now - 365 * 86_400_000) * 1000]), table).toEqual([]);
  }
  const unlike = `SELECT id FROM omni_events WHERE direction = 'inbound' AND text_content LIKE 'mensagem %'`;
  expect(await control.sql(unlike)).toEqual([]);
  expect(await control.sql(`SELECT id FROM api_key_audit_logs WHERE ip_address = 'unknown'`)).toEqual([]);
  const uneven = `SELECT i.id, i.message_count, count(e.id) AS events FROM platform_identities i
    LEFT JOIN omni_events e ON e.platform_identity_id = i.id GROUP BY 1 HAVING i.message_count <> count(e.id)`;
  expect(await control.sql(uneven)).toEqual([]);
  const miscounted = `SELECT id FROM api_keys WHERE usage_count <>
    (SELECT count(*) FROM api_key_audit_logs WHERE api_key_id = api_keys.id)`;
  expect(await control.sql(miscounted)).toEqual([]);
  await db.destroy();
});
