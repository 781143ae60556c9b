import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Credential } from '#lib/omni/door/credential.ts';
import { actorsOf } from '#lib/session/actor.ts';
import { formersOf } from '#lib/store/actors.ts';
import { openStore, type Store } from '#lib/store/database.ts';
import { createControl, type Control } from '../../../sandbox/wire/control/control-client.ts';
import { startSandbox, type Sandbox } from '../../../sandbox/wire/server.ts';
import { recordCreated } from './record-created.ts';
import { readRotation } from './rotations.ts';
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
