import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { ownBed } from '#lib/operations/testing/own-bed.ts';
import { seeRotation } from './rotations.ts';
import { omniFor } from '#lib/operations/testing/bed.ts';
import { startRotation } from '#lib/keys/testing/rotation-bed.ts';
import { newKey, runnerOfKeys } from '#lib/keys/testing/bed.ts';

const { sandbox, control, db } = await ownBed({ persons: 20 });

test('seeRotation: needs keys:read; where scopes are unknown, Omni is asked', async () => {
  const { id } = await startRotation(runnerOfKeys(db, sandbox.url, sandbox.keys.admin), await newKey(control));
  const see = async (secret: string, scopes: string[] | null, which: string = id, server = 'demo') => {
    const row = await seeRotation(db, omniFor(sandbox.url, secret), { server, scopes }, which);
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
