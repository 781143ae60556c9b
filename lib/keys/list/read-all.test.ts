import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createControl, type Control } from '../../../sandbox/wire/control/control-client.ts';
import { startSandbox, type Sandbox } from '../../../sandbox/wire/server.ts';
import { ownKeyOf, readAllKeys } from './read-all.ts';
import { handleFor, newKey } from '#lib/keys/testing/rotation-bed.ts';

let sandbox: Sandbox;
let control: Control;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, persons: 20 });
  control = createControl(sandbox.url);
});
afterAll(() => sandbox.stop());

test('readAllKeys and ownKeyOf: the own key is found among the listed, and by its id beyond the hundred', async () => {
  const admin = handleFor(sandbox.url, sandbox.keys.admin);
  const few = await readAllKeys(admin);
  if (!few.ok) throw new Error(few.error.kind);
  expect((await ownKeyOf(admin, few.value, null))?.key.name).toBe('__primary__');
  const crowd = Array.from({ length: 110 }, (_, n) => ({ name: `k${n}`, keyHash: randomUUID(), scopes: ['a:b'] }));
  await control.rows({ api_keys: crowd });
  const createdAt = (Date.now() + 1_000_000) * 1000;
  const mine = await newKey(control, { scopes: ['keys:read'], createdAt });
  const omni = handleFor(sandbox.url, mine.secret);
  const many = await readAllKeys(omni);
  if (!many.ok) throw new Error(many.error.kind);
  expect(many.value.hidden).toEqual(['active']);
  expect(await ownKeyOf(omni, many.value, null)).toBeNull();
  expect((await ownKeyOf(omni, many.value, mine.id))?.key.id).toBe(mine.id);
  expect(await ownKeyOf(omni, many.value, many.value.keys[0]?.key.id ?? null)).toBeNull();
});
