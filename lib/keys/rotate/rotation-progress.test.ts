import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Credential } from '#lib/omni/door/credential.ts';
import { actorsOf } from '#lib/session/actor.ts';
import { formersOf } from '#lib/store/actors.ts';
import { openStore, type Store } from '#lib/store/database.ts';
import { createControl, type Control } from '../../../sandbox/wire/control/control-client.ts';
import { startSandbox, type Sandbox } from '../../../sandbox/wire/server.ts';
import { readRotationProgress, reconcile, reconcileAbandoned, recordCreated } from './rotation-progress.ts';
import { readRotation, recordRotation } from './rotations.ts';
import { handleFor, startRotation, newKey, runnerOfKeys } from '#lib/keys/testing/rotation-bed.ts';

let sandbox: Sandbox;
let control: Control;
let db: Store;
beforeAll(async () => {
  vi.stubEnv('STORE_KEYS', `1:${'k'.repeat(32)}`);
  sandbox = await startSandbox({ port: 0, persons: 1 });
  control = createControl(sandbox.url);
  db = await openStore({ file: ':memory:' });
});
afterAll(async () => {
  await db.destroy();
  await sandbox.stop();
});

test('recordCreated: an Omni that hangs after the key was created holds back neither the key nor its record', async () => {
  const key = await newKey(control);
  const { id, delivered } = await startRotation(runnerOfKeys(db, sandbox.url, sandbox.keys.admin), key);
  if (!delivered) throw new Error('nothing delivered');
  await control.fault({ kind: 'latency', method: 'GET', path: '/keys/', ms: 600_000, times: 2 });
  const row = { id, server: 'demo', oldKeyId: key.id };
  await recordCreated(db, handleFor(sandbox.url, sandbox.keys.admin), row, { id: delivered.keyId, prefix: 'x' });
  expect(await readRotation(db, id)).toMatchObject({ newKeyId: delivered.keyId });
  const fresh = new Credential({ id: 'demo', name: 'Demo', url: sandbox.url }, delivered.secret);
  expect(await formersOf(db, actorsOf(fresh))).toEqual([]);
});

/** A rotation that was recorded so long ago, and whose run never began. */
async function recordedAgo(ms: number): Promise<string> {
  const id = randomUUID();
  const who = { server: 'demo', actor: 'demo/ana', who: 'Ana', keyName: 'crm', oldPrefix: 'x', oldExpiresAt: null };
  const row = { ...who, id, oldKeyId: randomUUID(), overlap: '1h', quietMinutes: 5 } as const;
  expect(await recordRotation(db, row, Date.now() - ms)).toBeNull();
  return id;
}

const rowOf = async (id: string) => {
  const row = await readRotation(db, id);
  if (!row) throw new Error('no rotation');
  return row;
};

test('reconcileAbandoned closes what certainly created no key, asks Omni nothing, and leaves every other rotation', async () => {
  const runner = runnerOfKeys(db, sandbox.url, sandbox.keys.admin);
  const { id: created } = await startRotation(runner, await newKey(control));
  await db
    .updateTable('rotations')
    .set({ created_at: Date.now() - 3_600_000 })
    .where('id', '=', created)
    .execute();
  const [old, young] = [await recordedAgo(120_000), await recordedAgo(10_000)];
  await control.clearCalls();
  expect(await reconcileAbandoned(db)).toBe(1);
  expect((await control.calls()).items).toEqual([]);
  expect(await rowOf(old)).toMatchObject({ closedAs: 'not-created' });
  expect(await rowOf(young)).toMatchObject({ closedAt: null });
  expect(await rowOf(created)).toMatchObject({ closedAt: null, newKeyId: null });
});

test('reconcile records what a read leaves alone', async () => {
  const runner = runnerOfKeys(db, sandbox.url, sandbox.keys.admin);
  const key = await newKey(control);
  const { id, delivered } = await startRotation(runner, key);
  await control.write("UPDATE api_keys SET status = 'revoked' WHERE id = ?", [key.id]);
  const before = await rowOf(id);
  const read = await readRotationProgress(db, runner.omni(), before);
  expect([read.state, read.unrecorded]).toEqual(['done', true]);
  expect(await rowOf(id)).toEqual(before);
  expect(await reconcile(db, runner.omni(), before)).toBe('done');
  expect(await rowOf(id)).toMatchObject({ closedAs: 'done', newKeyId: delivered?.keyId });
  expect((await readRotationProgress(db, runner.omni(), await rowOf(id))).unrecorded).toBe(false);
});
