import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openStore, type Store } from '#lib/store/database.ts';
import { createControl, type Control } from '../../../sandbox/wire/control/control-client.ts';
import { startSandbox, type Sandbox } from '../../../sandbox/wire/server.ts';
import { seeRotation } from './rotations.ts';
import { handleFor, startRotation, newKey, runnerOfKeys } from '#lib/keys/testing/rotation-bed.ts';

let sandbox: Sandbox;
let control: Control;
let db: Store;

beforeAll(async () => {
  vi.stubEnv('STORE_KEYS', `1:${'k'.repeat(32)}`);
  sandbox = await startSandbox({ port: 0, persons: 20 });
  control = createControl(sandbox.url);
  db = await openStore({ file: ':memory:' });
});
afterAll(async () => {
  await db.destroy();
  await sandbox.stop();
});

test('seeRotation: needs keys:read; where scopes are unknown, Omni is asked', async () => {
  const { id } = await startRotation(runnerOfKeys(db, sandbox.url, sandbox.keys.admin), await newKey(control));
  const see = async (secret: string, scopes: string[] | null, which: string = id, server = 'demo') => {
    const row = await seeRotation(db, handleFor(sandbox.url, secret), { server, scopes }, which);
    return row === null || row === 'forbidden' ? row : row.id;
  };
  const { admin, support = '' } = sandbox.keys;
  expect(await see(admin, ['*'])).toBe(id);
  expect(await see(admin, null)).toBe(id);
  expect(await see(support, ['persons:read'])).toBe('forbidden');
  expect(await see(support, ['persons:read'], randomUUID())).toBe('forbidden');
  expect(await see(support, null)).toBe('forbidden');
  expect(await see(admin, ['*'], id, 'another')).toBeNull();
  expect(await see(admin, ['*'], 'none')).toBeNull();
});
