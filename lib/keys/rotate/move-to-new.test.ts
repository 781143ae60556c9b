import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openStore, type Store } from '#lib/store/database.ts';
import { createControl, type Control } from '../../../sandbox/wire/control/control-client.ts';
import { startSandbox, type Sandbox } from '../../../sandbox/wire/server.ts';
import { credentialOfNew } from './move-to-new.ts';
import { readRotation } from './rotations.ts';
import { handleFor, mint, newKey, runnerOfKeys } from '#lib/keys/testing/rotation-bed.ts';

const SCOPES = ['keys:read', 'keys:write', 'persons:read'];
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

test('a session goes on with the new key by its own text only, and only from the old key', async () => {
  const key = await newKey(control, { scopes: SCOPES });
  const { id, told } = await mint(runnerOfKeys(db, sandbox.url, key.secret), key);
  const row = await readRotation(db, id);
  if (!row || !told) throw new Error('no rotation');
  const named = { ...row, newKeyId: told.keyId };
  const old = handleFor(sandbox.url, key.secret);
  expect((await credentialOfNew(old, named, told.secret))?.reveal()).toBe(told.secret);
  expect(await credentialOfNew(old, named, key.secret)).toBeNull();
  expect(await credentialOfNew(old, { ...row, newKeyId: null }, told.secret)).toBeNull();
  expect(await credentialOfNew(handleFor(sandbox.url, sandbox.keys.admin), named, told.secret)).toBeNull();
  await control.write("UPDATE api_keys SET status = 'revoked' WHERE id = ?", [told.keyId]);
  // Past what Omni remembers of a key for a minute.
  await control.moveClock(120_000);
  expect(await credentialOfNew(old, named, told.secret)).toBeNull();
});
