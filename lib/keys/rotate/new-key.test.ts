import { expect, test } from 'vitest';
import { ownBed } from '#lib/operations/testing/own-bed.ts';
import { credentialOfNew } from './new-key.ts';
import { readRotation } from './rotations.ts';
import { omniFor } from '#lib/operations/testing/bed.ts';
import { startRotation } from '#lib/keys/testing/rotation-bed.ts';
import { newKey, runnerOfKeys } from '#lib/keys/testing/bed.ts';

const SCOPES = ['keys:read', 'keys:write', 'persons:read'];

const { sandbox, control, db } = await ownBed({ persons: 20 });

test('credentialOfNew: a session moves to the new key by its own text only, and only from the old key', async () => {
  const key = await newKey(control, { scopes: SCOPES });
  const { id, delivered } = await startRotation(runnerOfKeys(db, sandbox.url, key.secret), key);
  const row = await readRotation(db, id);
  if (!row || !delivered) throw new Error('no rotation');
  const named = { ...row, newKeyId: delivered.keyId };
  const old = omniFor(sandbox.url, key.secret);
  expect((await credentialOfNew(old, named, delivered.secret))?.reveal()).toBe(delivered.secret);
  expect(await credentialOfNew(old, named, key.secret)).toBeNull();
  expect(await credentialOfNew(old, { ...row, newKeyId: null }, delivered.secret)).toBeNull();
  expect(await credentialOfNew(omniFor(sandbox.url, sandbox.keys.admin), named, delivered.secret)).toBeNull();
  await control.write("UPDATE api_keys SET status = 'revoked' WHERE id = ?", [delivered.keyId]);
  // Past what Omni remembers of a key for a minute.
  await control.moveClock(120_000);
  expect(await credentialOfNew(old, named, delivered.secret)).toBeNull();
});
