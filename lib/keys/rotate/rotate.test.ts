import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { callWith, newKey } from '#lib/keys/testing/bed.ts';
import { progressOf, reconciled, startRotation } from '#lib/keys/testing/rotation-bed.ts';
import { rotationWorld } from '#lib/keys/testing/rotation-world.ts';
import { Credential } from '#lib/omni/door/credential.ts';
import { actorsOf } from '#lib/session/actor.ts';
import { formersOf } from '#lib/store/actors.ts';
import { expiryAfterOverlap } from './rotate-rules.ts';
import { acknowledge, readRotation, recordRotation, rotationsOfKey, rotationsUnderWay } from './rotations.ts';

const WHATSAPP = '11111111-1111-4111-8111-111111111111';
const folder = mkdtempSync(join(tmpdir(), 'omni-rotate-'));
const world = rotationWorld(join(folder, 'console.db'));
const { row, keysNamed, expire } = world;

test('rotation, from the new key to the expiry of the old one: not one request fails', async () => {
  const key = await newKey(world.control, {
    description: 'CRM',
    scopes: ['persons:read', 'chats:read', 'auth:validate'],
    instanceIds: [WHATSAPP],
    rateLimit: 60,
  });
  expect(await callWith(world.sandbox.url, key.secret)).toBe(200);
  const { id, entry, delivered } = await startRotation(world.runner, key);
  if (!delivered) throw new Error('nothing delivered');
  expect(entry.status).toBe('done');
  expect(entry.body.receipt?.checks.map(({ text, held }) => [text.key, held])).toEqual([
    ['rotate.checked-delivered', true],
    ['rotate.checked-alike', true],
    ['rotate.proof-allowed-proved', true],
    ['rotate.proof-refused-proved', true],
  ]);
  const [old, fresh] = [await row(key.id), await row(delivered.keyId)];
  for (const field of ['name', 'scopes', 'instance_ids', 'rate_limit', 'profile'])
    expect(fresh[field]).toBe(old[field]);
  expect(fresh.description).toMatch(
    new RegExp(`^CRM \\[replaces ${key.prefix}… ${key.id}\\] \\[console ${entry.id}\\]$`),
  );
  expect((await reconciled(world.runner, id)).state).toBe('unstored');
  expect((await rotationsUnderWay(world.db, 'demo')).map((row) => row.id)).toContain(id);
  const credentials = [delivered, key].map(({ secret }) => new Credential({ id: 'demo', name: '', url: '' }, secret));
  const [freshActors, oldActors] = credentials.map((one) => actorsOf(one));
  expect(await formersOf(world.db, freshActors ?? [])).toEqual(oldActors);
  await acknowledge(world.db, id, Date.now());
  const stored = await progressOf(world.runner, id);
  expect([
    stored.state,
    stored.use.is === 'value' && stored.use.value.integrations.map(({ userAgent }) => userAgent),
    stored.quiet,
  ]).toEqual(['stored', ['crm/1.0'], false]);

  const end = expiryAfterOverlap('15m', stored.now, null) ?? 0;
  expect((await expire(id, key.id, { id: delivered.keyId, prefix: String(fresh.key_prefix) }, end)).entry.status).toBe(
    'done',
  );
  expect((await row(key.id)).description).toBe(`CRM [replaced by ${fresh.key_prefix}… ${delivered.keyId}]`);
  expect((await progressOf(world.runner, id)).state).toBe('overlap');
  expect(await callWith(world.sandbox.url, key.secret)).toBe(200);
  expect(await callWith(world.sandbox.url, delivered.secret)).toBe(200);

  await world.control.moveClock(6 * 60_000);
  const quiet = await progressOf(world.runner, id);
  expect([quiet.state, quiet.quiet, quiet.newUse?.is === 'value' && quiet.newUse.value.integrations.length]).toEqual([
    'overlap',
    true,
    1,
  ]);
  // The console is gone: nothing but Omni's clock goes on.
  await world.control.moveClock(10 * 60_000);
  expect([await callWith(world.sandbox.url, key.secret), await callWith(world.sandbox.url, delivered.secret)]).toEqual([
    401, 200,
  ]);
  expect((await progressOf(world.runner, id)).state).toBe('expired');
  await world.control.write("UPDATE api_keys SET status = 'revoked' WHERE id = ?", [key.id]);
  expect((await reconciled(world.runner, id)).state).toBe('done');
  expect(await readRotation(world.db, id)).toMatchObject({ closedAs: 'done', newKeyId: delivered.keyId });
  expect((await rotationsUnderWay(world.db, 'demo')).map((row) => row.id)).not.toContain(id);
  for (const side of [key.id, delivered.keyId]) {
    expect((await rotationsOfKey(world.db, 'demo', side)).map((row) => row.id)).toEqual([id]);
  }
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)).toString('latin1'));
  expect(files.length).toBeGreaterThan(0);
  for (const text of files) expect(text).not.toContain(delivered.secret.slice(8));
});

test('recordRotation: one key has one rotation at a time', async () => {
  const key = await newKey(world.control);
  await startRotation(world.runner, key);
  await expect(startRotation(world.runner, key)).rejects.toThrow('in progress');
  expect(await keysNamed(key.name)).toHaveLength(2);
});

test('recordRotation: a rotation another page closed opens again when its key is created after all', async () => {
  const key = await newKey(world.control);
  await world.control.fault({ kind: 'status', status: 429, method: 'POST', path: '/keys$', times: 1 });
  const { id } = await startRotation(world.runner, key);
  expect((await reconciled(world.runner, id)).state).toBe('not-created');
  expect((await readRotation(world.db, id))?.closedAs).toBe('not-created');
  const recorded = await readRotation(world.db, id);
  if (!recorded) throw new Error('no rotation');
  expect(await recordRotation(world.db, recorded, Date.now())).toBeNull();
  expect((await rotationsUnderWay(world.db, 'demo')).map((one) => one.id)).toContain(id);
  const [second] = [await startRotation(world.runner, await newKey(world.control))];
  const made = await readRotation(world.db, second.id);
  if (!made) throw new Error('no rotation');
  await reconciled(world.runner, second.id);
  expect((await recordRotation(world.db, made, Date.now()))?.id).toBe(second.id);
});
