import { afterAll, beforeEach, expect, test } from 'vitest';
import { ownSandbox } from '#lib/omni/testing/own-sandbox.ts';
import { closeStore, store } from '#lib/store/database.ts';
import type { AuditFilter } from './audit-filter.ts';
import { runExport } from './audit-export-run.ts';
import { createExport, recordDownload } from './audit-exports.ts';
import { keptCalls, keptCallsOf } from './kept-calls.ts';
import { omniFor } from '#lib/operations/testing/bed.ts';

const ID = '99999990-0000-4000-8000-000000000012';

const { sandbox } = await ownSandbox({ persons: 50 });
afterAll(closeStore);

async function copy(filter: AuditFilter, until: number, taken = true): Promise<string> {
  const db = await store();
  const wanted = { server: 'demo', actor: 'a', keyId: ID, filter, who: 'Ana', separator: ',' as const, until };
  const made = await createExport(db, wanted);
  await runExport(db, omniFor(sandbox.url, sandbox.keys.admin), made);
  if (taken) await recordDownload(db, made.id, Date.now());
  return made.id;
}

beforeEach(async () => {
  await (await store()).deleteFrom('audit_exports').execute();
});

const key = (lastUsed: number | null, usageCount = 5, revokedAt: string | null = null) => ({
  id: ID,
  revokedAt,
  usageCount,
  lastUsedAt: lastUsed === null ? null : new Date(lastUsed).toISOString(),
});

test('keptCalls: requests are kept by a whole copy up to the last of them, and by nothing less', async () => {
  const now = Date.now();
  const kept = (at: number | null, count?: number) => keptCalls('demo', key(at, count));
  expect(await kept(null, 0)).toBe('nothing_to_keep');
  expect(await kept(now - 1000)).toBe('not_kept');
  await copy({ status: 200 }, now);
  expect(await kept(now - 1000)).toBe('not_kept');
  await copy({}, now);
  expect(await kept(now - 1000)).toBe('kept');
  expect(await kept(now + 1000)).toBe('not_kept');
  expect(await kept(null)).toBe('not_kept');
  expect(await keptCalls('another', key(now - 1000))).toBe('not_kept');
});

test('keptCalls: a copy that was not downloaded, or can’t be opened, keeps nothing', async () => {
  const now = Date.now();
  const id = await copy({}, now, false);
  expect(await keptCalls('demo', key(now - 1000))).toBe('not_kept');
  const db = await store();
  await recordDownload(db, id, now);
  expect(await keptCalls('demo', key(now - 1000))).toBe('kept');
  await db.updateTable('audit_exports').set({ body: 'sealed by a key that is gone' }).execute();
  expect(await keptCalls('demo', key(now - 1000))).toBe('not_kept');
});

test('keptCalls: a copy that may lack requests is told apart from a whole one', async () => {
  const now = Date.now();
  const id = await copy({}, now);
  const db = await store();
  await db.updateTable('audit_exports').set({ unsure: 1 }).where('id', '=', id).execute();
  expect(await keptCalls('demo', key(now - 1000))).toBe('kept_unsure');
  await copy({}, now);
  expect(await keptCalls('demo', key(now - 1000))).toBe('kept');
});

test('keptCalls: of a use without a time, the copy must be of after the key was revoked, and a minute more', async () => {
  const now = Date.now();
  await copy({}, now);
  const revoked = (ago: number) => keptCalls('demo', key(null, 5, new Date(now - ago).toISOString()));
  expect(await revoked(60_000)).toBe('kept');
  expect(await revoked(59_000)).toBe('not_kept');
});

test('keptCallsOf: of several keys each by its own copies', async () => {
  const now = Date.now();
  await copy({}, now);
  const other = { ...key(now - 1000), id: '99999990-0000-4000-8000-000000000013' };
  const unused = { ...key(null, 0), id: '99999990-0000-4000-8000-000000000014' };
  const all = await keptCallsOf('demo', [key(now - 1000), other, unused]);
  expect([...all.values()]).toEqual(['kept', 'not_kept', 'nothing_to_keep']);
});
