import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newKey, runnerOfKeys } from '#lib/keys/testing/bed.ts';
import { progressOf, reconciled, startRotation } from '#lib/keys/testing/rotation-bed.ts';
import { rotationWorld } from '#lib/keys/testing/rotation-world.ts';
import { preview } from '#lib/operations/plan/preview.ts';
import { resume } from '#lib/operations/run/run.ts';
import { MAY_HAPPEN_MS, watchOf } from '#lib/operations/run/watch.ts';
import { madeOlder, completed } from '#lib/operations/testing/runs.ts';
import { DEMO_KEYS } from '../../../sandbox/resources/keys/keys-demo.ts';
import { readRotation, rotationsUnderWay } from './rotations.ts';

const WHATSAPP = '11111111-1111-4111-8111-111111111111';
const folder = mkdtempSync(join(tmpdir(), 'omni-rotate-'));
const world = rotationWorld(join(folder, 'console.db'));
const { row, keysNamed } = world;
const secrets: string[] = [];

const posts = async () => (await world.control.calls()).items.filter(({ method }) => method !== 'GET');

async function created(...how: Parameters<typeof startRotation>) {
  const started = await startRotation(...how);
  if (started.delivered) secrets.push(started.delivered.secret);
  return started;
}

test('keys.create-for-rotation copies a profile, its locks and overrides', async () => {
  const key = await newKey(world.control, {
    profile: 'personal',
    scopes: [
      'messages:send',
      'chats:read',
      'context:write',
      'instances:read',
      'turns:close',
      'media:read',
      'tts:synthesize',
      'media:write',
    ],
    instanceAllowlist: [WHATSAPP],
  });
  const { delivered, entry } = await created(world.runner, key);
  const fresh = await row(delivered?.keyId ?? '');
  expect([fresh.profile, fresh.instance_allowlist]).toEqual(['personal', JSON.stringify([WHATSAPP])]);
  expect(entry.body.receipt?.checks.find(({ text }) => text.key.startsWith('rotate.proof-allowed'))?.held).toBe(true);
});

test('keys.create-for-rotation: for a key with full access the check says that nothing could be refused', async () => {
  const { entry } = await created(world.runner, await newKey(world.control, { scopes: ['*'] }));
  expect(entry.body.receipt?.checks.at(-1)).toMatchObject({
    text: { key: 'rotate.proof-refused-everything' },
    held: true,
  });
  const narrow = await created(world.runner, await newKey(world.control, { scopes: ['webhooks:write'] }));
  expect(narrow.entry.body.receipt?.checks.map(({ text }) => text.key).slice(2)).toEqual([
    'rotate.proof-allowed-taken',
    'rotate.proof-refused-proved',
  ]);
});

test.each([
  ['the primary key', DEMO_KEYS.admin.id, 'rotate.refused-primary', ['*']],
  ['a key Omni manages for an agent', DEMO_KEYS.agent.id, 'rotate.refused-agent', ['*']],
  ['a revoked key', DEMO_KEYS.revoked.id, 'rotate.refused-revoked', ['*']],
  ['an expired key', DEMO_KEYS.expired.id, 'rotate.refused-expired', ['*']],
  ['a key broader than one’s own', DEMO_KEYS.whatsapp.id, 'rotate.refused-broader', DEMO_KEYS.operator.scopes],
  ['a key that is not there', randomUUID(), 'rotate.refused-gone', ['*']],
])('keys.create-for-rotation refuses %s, and nothing is sent', async (_, keyId, refusal, scopes) => {
  await world.control.clearCalls();
  const as = { ...world.runner, session: { ...world.runner.session, scopes } };
  const seen = await preview(as, 'keys.create-for-rotation', { rotationId: randomUUID(), keyId, expiresAt: null });
  expect(seen.ok && seen.plan.refusal?.key).toBe(refusal);
  expect(await posts()).toEqual([]);
});

test('keys.create-for-rotation refuses a key with locks and no profile: Omni would create the new one without them', async () => {
  const key = await newKey(world.control, { instanceAllowlist: [WHATSAPP] });
  const input = { rotationId: randomUUID(), keyId: key.id, expiresAt: null };
  const seen = await preview(world.runner, 'keys.create-for-rotation', input);
  expect(seen.ok && seen.plan.refusal).toEqual({ key: 'rotate.refused-locks', values: { name: key.name } });
});

test('keys.create-for-rotation with unknown scopes: Omni refuses a broader key, and none is created', async () => {
  const key = await newKey(world.control, { scopes: ['*'] });
  const as = {
    ...runnerOfKeys(world.db, world.sandbox.url, world.sandbox.keys.operator ?? ''),
    session: { ...world.runner.session, scopes: null },
  };
  const { id, entry, delivered } = await created(as, key);
  expect([entry.status, entry.body.problem?.code, delivered]).toEqual([
    'failed',
    'forbidden_ceiling_scopes',
    undefined,
  ]);
  expect(await keysNamed(key.name)).toHaveLength(1);
  expect((await reconciled(as, id)).state).toBe('not-created');
  expect((await readRotation(world.db, id))?.closedAs).toBe('not-created');
});

test('keys.create-for-rotation: a key whose answer was lost is found by its mark, undelivered, and cancelled', async () => {
  const key = await newKey(world.control);
  await world.control.fault({ kind: 'cut', when: 'after', method: 'POST', path: '/keys$' });
  const { id, entry, delivered } = await created(world.runner, key);
  expect(delivered).toBeUndefined();
  expect(entry.status).toBe('differs');
  const progress = await progressOf(world.runner, id);
  expect([progress.state, progress.delivered]).toEqual(['unstored', false]);
  expect(await keysNamed(key.name)).toHaveLength(2);
  const cancelled = await completed(world.runner, 'keys.cancel-rotation', {
    rotationId: id,
    oldKeyId: key.id,
    newKeyId: progress.row.newKeyId,
    oldExpiresAt: null,
  });
  expect(cancelled.entry.status).toBe('done');
  expect((await row(progress.row.newKeyId ?? '')).status).toBe('revoked');
  expect((await reconciled(world.runner, id)).state).toBe('cancelled');
  const again = await created(world.runner, key);
  expect(again.entry.status).toBe('done');
});

test('keys.create-for-rotation: a key that nobody ever saw can be checked for after 15 minutes, and then was not created', async () => {
  const key = await newKey(world.control);
  await world.control.fault({ kind: 'cut', when: 'before', method: 'POST', path: '/keys$' });
  const atOnce = { ...world.runner, wait: async () => {} };
  const { id, entry } = await created(atOnce, key);
  expect([entry.status, (await progressOf(world.runner, id)).state]).toEqual(['unconfirmed', 'unfindable']);
  await watchOf(entry.id);
  expect((await progressOf(world.runner, id)).state).toBe('stopped');
  await madeOlder(world.runner, entry.id, MAY_HAPPEN_MS);
  const again = await resume(world.runner, entry.id);
  if (again.is === 'started') await again.job;
  expect((await progressOf(world.runner, id)).state).toBe('not-created');
  expect(await keysNamed(key.name)).toHaveLength(1);
});

test('keys.create-for-rotation: among more than a hundred keys a lost one is searched in Omni’s audit, else reported as unfindable', async () => {
  const more = Array.from({ length: 110 }, (_, n) => ({
    name: `k${n}`,
    keyHash: `h${n}${randomUUID()}`,
    scopes: ['a:b'],
  }));
  const { api_keys: crowd = [] } = await world.control.rows({ api_keys: more });
  try {
    const key = await newKey(world.control);
    await world.control.fault({ kind: 'cut', when: 'after', method: 'POST', path: '/keys$' });
    const found = await created(world.runner, key);
    expect([found.entry.status, (await progressOf(world.runner, found.id)).state]).toEqual(['differs', 'unstored']);
    const other = await newKey(world.control);
    await world.control.fault({ kind: 'cut', when: 'after', method: 'POST', path: '/keys$' });
    await world.control.fault({ kind: 'status', status: 403, path: '/v2/audit$', times: null });
    const lost = await created(world.runner, other);
    expect([lost.entry.status, (await progressOf(world.runner, lost.id)).state]).toEqual(['unconfirmed', 'unfindable']);
    expect((await rotationsUnderWay(world.db, 'demo')).map(({ id }) => id)).toContain(lost.id);
  } finally {
    for (const id of crowd) await world.control.write('DELETE FROM api_keys WHERE id = ?', [id]);
  }
});

test('keys.create-for-rotation creates no key while no page waits for it: not by Continue, not by another process', async () => {
  const key = await newKey(world.control);
  const { id, entry } = await created(world.runner, key, {}, false);
  expect([entry.status, entry.body.problem?.code]).toEqual(['failed', 'nobody_waits']);
  const again = await resume(world.runner, entry.id);
  if (again.is !== 'started') throw new Error(again.is);
  await again.job;
  expect(again.delivered).toEqual([]);
  expect(await keysNamed(key.name)).toHaveLength(1);
  expect((await progressOf(world.runner, id)).state).toBe('not-created');
});

test('keys.create-for-rotation: after all this no new key stands in the store', async () => {
  expect(secrets.length).toBeGreaterThan(0);
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)).toString('latin1'));
  for (const secret of secrets) for (const text of files) expect(text).not.toContain(secret.slice(8));
  const steps = await world.db.selectFrom('operation_steps').selectAll().execute();
  expect(steps.length).toBeGreaterThan(10);
});
