import { createHash, randomUUID } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import { ownSandbox } from '#lib/omni/testing/own-sandbox.ts';
import { Credential } from '#lib/omni/door/credential.ts';
import { readingFresh } from '#lib/omni/cache/read.ts';
import { omniAs } from '#lib/omni/door/request.ts';
import { openStore, type Store } from '#lib/store/database.ts';
import { holdHere } from '#lib/store/live-holds.ts';
import { elsewhere } from '#lib/store/testing/elsewhere.ts';
import { testEngines } from '#lib/store/testing/stores.ts';
import type { AuditFilter } from './audit-filter.ts';
import { viewOfExport } from './audit-export.ts';
import { fileOf } from './audit-export-file.ts';
import { runExport } from './audit-export-run.ts';
import {
  createExport,
  deleteExports,
  exportsOf,
  KEPT_MS,
  recordOnlyCopies,
  purgeExports,
  readExport,
  stopExport,
  resumeExport,
} from './audit-exports.ts';
import { callRows } from '#lib/keys/testing/calls.ts';

const engines = await testEngines();
const { sandbox, control } = await ownSandbox({ persons: 100 });

const omni = () =>
  readingFresh(omniAs(new Credential({ id: 'demo', name: 'Demo', url: sandbox.url }, sandbox.keys.admin)));

async function keyWith(count: number, together = 0): Promise<string> {
  const [id = ''] =
    (await control.rows({ api_keys: [{ name: `auditada ${randomUUID().slice(0, 4)}` }] })).api_keys ?? [];
  await control.rows({ api_key_audit_logs: callRows(id, count, { together }) });
  return id;
}

/** A clock that only waiting moves. */
function clock() {
  let time = Date.now();
  return {
    now: () => time,
    wait: async (ms: number) => void (time += ms),
    turns: new Map<string, number>(),
  };
}

const begin = (db: Store, keyId: string, filter: AuditFilter = {}) =>
  createExport(db, { server: 'demo', actor: 'a', keyId, filter, who: 'Ana', separator: ';', until: Date.now() });

async function bytesOf(db: Store, id: string, format: 'csv' | 'json'): Promise<Buffer> {
  const row = await readExport(db, id);
  if (!row) throw new Error('no export');
  const pieces: string[] = [];
  for await (const piece of fileOf(db, row, format)) pieces.push(piece);
  return Buffer.from(pieces.join(''), 'utf8');
}

const sha = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

async function idsOf(db: Store, id: string): Promise<string[]> {
  const rows = JSON.parse((await bytesOf(db, id, 'json')).toString()) as { id: string }[];
  return rows.map((row) => row.id);
}

const storedIds = async (keyId: string) =>
  (await control.sql<{ id: string }>('SELECT id FROM api_key_audit_logs WHERE api_key_id = ?', [keyId])).map(
    ({ id }) => id,
  );

describe.each(engines)('keys.export on $name', ({ name, newPlace }) => {
  test('has every request once, in both formats, with the SHA-256 of what is downloaded', async () => {
    const db = await openStore(await newPlace());
    const keyId = await keyWith(730, 60);
    const { now, wait, turns } = clock();
    const row = await begin(db, keyId);
    const began = now();
    await runExport(db, omni(), row, { now, wait, turns });
    const ended = await readExport(db, row.id);
    expect(ended).toMatchObject({ status: 'done', requestsRead: 730, kept: 730, total: 730, unsure: false });
    const ids = await idsOf(db, row.id);
    expect(ids.length).toBe(new Set(ids).size);
    expect(ids.toSorted()).toEqual((await storedIds(keyId)).toSorted());
    for (const format of ['csv', 'json'] as const) {
      const bytes = await bytesOf(db, row.id, format);
      expect(ended?.files?.[format]).toEqual({ bytes: bytes.length, sha256: sha(bytes) });
    }
    const csv = (await bytesOf(db, row.id, 'csv')).toString();
    expect(csv.split('\r\n').length).toBe(732);
    expect(csv).toContain(";'=cmd|calc;");
    // 300 calls a minute: 200 ms between two.
    expect(now() - began).toBeGreaterThanOrEqual((row.parts - 1) * 200);
    await db.destroy();
  });

  test('stops when asked, is continued, and has nothing twice', async () => {
    const db = await openStore(await newPlace());
    const keyId = await keyWith(450, 30);
    const { now, wait, turns } = clock();
    const row = await begin(db, keyId);
    let waits = 0;
    await runExport(db, omni(), row, {
      now,
      turns,
      wait: async (ms) => {
        waits += 1;
        if (waits === 2) await stopExport(db, row.id);
        await wait(ms);
      },
    });
    const stopped = await readExport(db, row.id);
    expect(stopped?.status).toBe('stopped');
    expect(stopped?.requestsRead).toBeGreaterThan(0);
    expect(stopped?.requestsRead).toBeLessThan(450);
    const again = await resumeExport(db, row.id);
    if (!again) throw new Error('not taken');
    expect(await resumeExport(db, row.id)).toBeNull();
    await runExport(db, omni(), again, { now, wait, turns });
    expect((await readExport(db, row.id))?.status).toBe('done');
    expect((await idsOf(db, row.id)).toSorted()).toEqual((await storedIds(keyId)).toSorted());
    await db.destroy();
  });

  test('waits no hour where the clock is set back by one while it waits', async () => {
    const db = await openStore(await newPlace());
    const keyId = await keyWith(450, 30);
    const { now, wait, turns } = clock();
    const row = await begin(db, keyId);
    let waited = 0;
    await runExport(db, omni(), row, {
      now: () => now() - (waited > 0 ? 3_600_000 : 0),
      turns,
      wait: async (ms) => {
        waited += ms;
        await wait(ms);
      },
    });
    expect((await readExport(db, row.id))?.status).toBe('done');
    expect(waited).toBeLessThan(10_000);
    await db.destroy();
  });

  test('is interrupted when its process died, continued from its last page, and the dead process writes no more', async () => {
    const db = await openStore(await newPlace());
    const keyId = await keyWith(620, 40);
    const { now, wait, turns } = clock();
    const row = await begin(db, keyId);
    let wake = (): void => undefined;
    let waits = 0;
    let hangs = (): void => undefined;
    const hung = new Promise<void>((resolve) => (hangs = resolve));
    const dead = runExport(db, omni(), row, {
      now,
      turns,
      wait: (ms) => {
        waits += 1;
        if (waits < 3) return wait(ms);
        hangs();
        return new Promise<void>((resolve) => (wake = resolve));
      },
    });
    await hung;
    await db.updateTable('audit_exports').set({ lease_until: 1 }).where('id', '=', row.id).execute();
    if (name === 'sqlite') {
      // The clock may have jumped: a job that lives in this process is neither shown as interrupted nor taken over by it.
      expect(viewOfExport((await readExport(db, row.id)) ?? row).status).toBe('running');
      expect(await resumeExport(db, row.id)).toBeNull();
    }
    const again = await elsewhere(async () => {
      expect(viewOfExport((await readExport(db, row.id)) ?? row).status).toBe('interrupted');
      return resumeExport(db, row.id);
    });
    if (!again) throw new Error('not taken');
    expect(again.parts).toBeGreaterThan(0);
    await runExport(db, omni(), again, { now, wait, turns });
    wake();
    await dead;
    expect((await readExport(db, row.id))?.status).toBe('done');
    expect((await idsOf(db, row.id)).toSorted()).toEqual((await storedIds(keyId)).toSorted());
    await db.destroy();
  });

  test('holds what the whole filter matches, and nothing newer than its start', async () => {
    const db = await openStore(await newPlace());
    const keyId = await keyWith(300);
    const { now, wait, turns } = clock();
    const row = await begin(db, keyId, { status: 403, method: 'PATCH', ip: '198.51' });
    await control.rows({
      api_key_audit_logs: callRows(keyId, 3, { newest: Date.now() + 3_600_000 }),
    });
    await runExport(db, omni(), row, { now, wait, turns });
    const rows = JSON.parse((await bytesOf(db, row.id, 'json')).toString()) as Record<string, unknown>[];
    const wanted = await control.sql(
      `SELECT id FROM api_key_audit_logs WHERE api_key_id = ? AND status_code = 403 AND method = 'PATCH'
        AND ip_address LIKE '198.51%' AND timestamp < ?`,
      [keyId, Date.now() * 1000],
    );
    expect(rows.map(({ id }) => id).toSorted()).toEqual(wanted.map(({ id }) => id).toSorted());
    expect(wanted.length).toBeGreaterThan(0);
    await db.destroy();
  });

  test('continues after Omni failed for a moment, fails with a problem when it keeps failing, and can be continued', async () => {
    const db = await openStore(await newPlace());
    const keyId = await keyWith(250);
    const { now, wait, turns } = clock();
    const row = await begin(db, keyId);
    await control.fault({ kind: 'status', status: 401, path: `${keyId}/audit`, nth: 2, times: 1 });
    await runExport(db, omni(), row, { now, wait, turns });
    const failed = await readExport(db, row.id);
    expect([failed?.status, failed?.problem?.code, failed?.requestsRead]).toEqual(['failed', 'unauthorized', 100]);
    await control.fault({ kind: 'cut', when: 'before', path: `${keyId}/audit`, times: 4 });
    const again = await resumeExport(db, row.id);
    if (!again) throw new Error('not taken');
    await runExport(db, omni(), again, { now, wait, turns });
    expect((await readExport(db, row.id))?.status).toBe('done');
    expect((await idsOf(db, row.id)).toSorted()).toEqual((await storedIds(keyId)).toSorted());
    await db.destroy();
  });

  test('is deleted with its pages, by hand and after a week; no request can be read in the store', async () => {
    const db = await openStore(await newPlace());
    const keyId = await keyWith(40);
    const { now, wait, turns } = clock();
    const one = await begin(db, keyId);
    const two = await begin(db, keyId);
    for (const row of [one, two]) await runExport(db, omni(), row, { now, wait, turns });
    const parts = await db.selectFrom('audit_export_parts').selectAll().execute();
    expect(parts.length).toBe(2);
    expect(JSON.stringify(parts)).not.toContain('203.0.113');
    await deleteExports(db, [one.id]);
    expect((await exportsOf(db, 'demo', keyId)).map(({ id }) => id)).toEqual([two.id]);
    expect(await purgeExports(db, now() + KEPT_MS + 1)).toBe(1);
    expect(await db.selectFrom('audit_export_parts').selectAll().execute()).toEqual([]);
    await db.destroy();
  });

  test('is not taken over by a console whose clock is ahead', async () => {
    const db = await openStore(await newPlace());
    const now = Date.now;
    const row = await begin(db, randomUUID());
    const leave = holdHere(row.id);
    vi.spyOn(Date, 'now').mockImplementation(() => now() + 40_000);
    expect(viewOfExport((await readExport(db, row.id)) ?? row).status).toBe('running');
    expect(await resumeExport(db, row.id)).toBeNull();
    leave();
    await db.destroy();
  });

  test('outlives a week where the key is deleted, and is deleted with the journal', async () => {
    const db = await openStore(await newPlace());
    const { now } = clock();
    const { id } = await begin(db, randomUUID());
    const { keyId, server } = (await readExport(db, id)) ?? { keyId: '', server: '' };
    await recordOnlyCopies(db, server, keyId, now());
    expect(await purgeExports(db, now() + KEPT_MS + 1)).toBe(0);
    expect(await purgeExports(db, now() + KEPT_MS + 1, 90 * 86_400_000)).toBe(0);
    expect(await purgeExports(db, now() + 91 * 86_400_000, 90 * 86_400_000)).toBe(1);
    await db.destroy();
  });
});

test('keys.export: two copies at once share one pace, 300 requests per minute for a key', async () => {
  const db = await openStore({ file: ':memory:' });
  const wanted = [await keyWith(250), await keyWith(250)];
  const rows = await Promise.all(wanted.map((keyId) => begin(db, keyId)));
  await control.clearCalls();
  const began = performance.now();
  await Promise.all(rows.map((row) => runExport(db, omni(), row)));
  const pages = (await control.calls()).items.filter(({ path }) => path.endsWith('/audit')).length;
  expect(pages).toBe(6);
  expect(performance.now() - began).toBeGreaterThanOrEqual((pages - 1) * 200);
  await db.destroy();
});
