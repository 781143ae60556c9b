import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { completed } from '#lib/operations/testing/runs.ts';
import { omniFor } from '#lib/operations/testing/bed.ts';
import { newKey } from '#lib/keys/testing/bed.ts';
import { progressOf, reconciled, startRotation } from '#lib/keys/testing/rotation-bed.ts';
import { rotationWorld } from '#lib/keys/testing/rotation-world.ts';
import { Credential } from '#lib/omni/door/credential.ts';
import { omniAs } from '#lib/omni/door/request.ts';
import { resume } from '#lib/operations/run/run.ts';
import { actorsOf } from '#lib/session/actor.ts';
import { formersOf } from '#lib/store/actors.ts';
import { expiryAfterOverlap } from './rotate-rules.ts';
import { cancelledKeys } from './rotation-state.ts';
import { readRotationProgress, reconcile, reconcileAbandoned, recordCreated } from './rotation-progress.ts';
import { acknowledge, readRotation, recordRotation } from './rotations.ts';

const world = rotationWorld();
const { expire } = world;

test('recordCreated: an Omni that hangs after the key was created holds back neither the key nor its record', async () => {
  const key = await newKey(world.control);
  const { id, delivered } = await startRotation(world.runner, key);
  if (!delivered) throw new Error('nothing delivered');
  await world.control.fault({ kind: 'latency', method: 'GET', path: '/keys/', ms: 600_000, times: 2 });
  const row = { id, server: 'demo', oldKeyId: key.id };
  await recordCreated(world.db, omniFor(world.sandbox.url, world.sandbox.keys.admin), row, {
    id: delivered.keyId,
    prefix: 'x',
  });
  expect(await readRotation(world.db, id)).toMatchObject({ newKeyId: delivered.keyId });
  const fresh = new Credential({ id: 'demo', name: 'Demo', url: world.sandbox.url }, delivered.secret);
  expect(await formersOf(world.db, actorsOf(fresh))).toEqual([]);
});

/** A rotation that was recorded so long ago, and whose run never began. */
async function recordedAgo(ms: number): Promise<string> {
  const id = randomUUID();
  const who = { server: 'demo', actor: 'demo/ana', who: 'Ana', keyName: 'crm', oldPrefix: 'x', oldExpiresAt: null };
  const row = { ...who, id, oldKeyId: randomUUID(), overlap: '1h', quietMinutes: 5 } as const;
  expect(await recordRotation(world.db, row, Date.now() - ms)).toBeNull();
  return id;
}

const rowOf = async (id: string) => {
  const row = await readRotation(world.db, id);
  if (!row) throw new Error('no rotation');
  return row;
};

test('reconcileAbandoned closes what certainly created no key, asks Omni nothing, and leaves every other rotation', async () => {
  const { id: created } = await startRotation(world.runner, await newKey(world.control));
  await world.db
    .updateTable('rotations')
    .set({ created_at: Date.now() - 3_600_000 })
    .where('id', '=', created)
    .execute();
  const [old, young] = [await recordedAgo(120_000), await recordedAgo(10_000)];
  await world.control.clearCalls();
  expect(await reconcileAbandoned(world.db)).toBe(1);
  expect((await world.control.calls()).items).toEqual([]);
  expect(await rowOf(old)).toMatchObject({ closedAs: 'not-created' });
  expect(await rowOf(young)).toMatchObject({ closedAt: null });
  expect(await rowOf(created)).toMatchObject({ closedAt: null, newKeyId: null });
});

test('reconcile records what a read leaves alone', async () => {
  const key = await newKey(world.control);
  const { id, delivered } = await startRotation(world.runner, key);
  await acknowledge(world.db, id, Date.now());
  await world.control.write("UPDATE api_keys SET status = 'revoked' WHERE id = ?", [key.id]);
  const before = await rowOf(id);
  const read = await readRotationProgress(world.db, world.runner.omni(), before);
  expect([read.state, read.unrecorded]).toEqual(['done', true]);
  expect(await rowOf(id)).toEqual(before);
  expect(await reconcile(world.db, world.runner.omni(), before)).toBe('done');
  expect(await rowOf(id)).toMatchObject({ closedAs: 'done', newKeyId: delivered?.keyId });
  expect((await readRotationProgress(world.db, world.runner.omni(), await rowOf(id))).unrecorded).toBe(false);
});

test('readRotationProgress writes nothing: what is certain is told, and recorded by an action', async () => {
  const rows = async () => ({
    rotations: await world.db.selectFrom('rotations').selectAll().orderBy('id').execute(),
    entries: await world.db.selectFrom('operations').selectAll().orderBy('id').execute(),
    actors: await world.db.selectFrom('actor_successions').selectAll().orderBy('actor').execute(),
  });
  const expiresAt = Date.now() + 30 * 86_400_000;
  const key = await newKey(world.control, { expiresAt: expiresAt * 1000 });
  const { id, delivered } = await startRotation(world.runner, key);
  const reads = async (unrecorded: boolean) => {
    const before = await rows();
    const progress = await progressOf(world.runner, id);
    expect(await rows()).toEqual(before);
    expect(progress.unrecorded).toBe(unrecorded);
    return progress;
  };
  expect((await reads(true)).row.newKeyId).toBe(delivered?.keyId);
  await reconciled(world.runner, id);
  expect((await readRotation(world.db, id))?.newKeyId).toBe(delivered?.keyId);
  await reads(false);
  const sooner = expiresAt - 86_400_000;
  await world.control.write('UPDATE api_keys SET expires_at = ? WHERE id = ?', [sooner * 1000, key.id]);
  await reads(true);
  await reconciled(world.runner, id);
  await reads(false);
  await acknowledge(world.db, id, Date.now());
  await world.control.write("UPDATE api_keys SET status = 'revoked' WHERE id = ?", [key.id]);
  expect((await reads(true)).state).toBe('done');
  expect((await readRotation(world.db, id))?.closedAs).toBeNull();
  await reconciled(world.runner, id);
  expect((await readRotation(world.db, id))?.closedAs).toBe('done');
  expect((await reads(false)).state).toBe('done');
});

test('readRotationProgress: what this console asked with either key to check it, at a sign-in too, is no integration', async () => {
  const key = await newKey(world.control, { scopes: ['*'] });
  const checks = omniAs(new Credential({ id: 'demo', name: 'Demo', url: world.sandbox.url }, key.secret));
  const asks = () => checks.request({ method: 'GET', path: '/persons', schema: z.unknown() });
  await asks();
  const { id } = await startRotation(world.runner, key);
  await asks();
  const { use, newUse } = await progressOf(world.runner, id);
  expect(use).toMatchObject({ is: 'value', value: { integrations: [], own: 2, since: null } });
  expect(newUse).toMatchObject({ is: 'value', value: { integrations: [], since: null } });
});

test('readRotationProgress: a new key whose run died before its page had it is undelivered', async () => {
  const key = await newKey(world.control);
  const { id, entry } = await startRotation(world.runner, key);
  // As a process leaves it that was killed while it proved the key.
  const prove = world.db.updateTable('operation_steps').where('entry_id', '=', entry.id).where('position', '=', 1);
  await prove.set({ state: 'intended', outcome: null, finished_at: null }).execute();
  const lapsed = { status: 'running', lease_until: Date.now() + 60_000, finished_at: null };
  await world.db.updateTable('operations').set(lapsed).where('id', '=', entry.id).execute();
  expect((await progressOf(world.runner, id)).state).toBe('creating');
  await world.db.updateTable('operations').set({ lease_until: 1 }).where('id', '=', entry.id).execute();
  const dead = await progressOf(world.runner, id);
  expect([dead.state, dead.delivered]).toEqual(['unstored', false]);
  const again = await resume(world.runner, entry.id);
  if (again.is !== 'started') throw new Error(again.is);
  await again.job;
  const continued = await progressOf(world.runner, id);
  expect([continued.state, continued.delivered]).toEqual(['unstored', false]);
  expect(continued.checks.find(({ text }) => text.key === 'rotate.checked-delivered')?.held).toBe(false);
});

test('readRotationProgress: the expiry of the old key is the one it has, not the one it had when the rotation began', async () => {
  const DAY = 86_400_000;
  const begun = Date.now() + 30 * DAY;
  const key = await newKey(world.control, { expiresAt: begun * 1000 });
  const { id, delivered } = await startRotation(world.runner, key);
  await acknowledge(world.db, id, Date.now());
  expect((await progressOf(world.runner, id)).row.oldExpiresAt).toBe(begun);
  const sooner = Date.now() + 2 * DAY;
  await world.control.write('UPDATE api_keys SET expires_at = ? WHERE id = ?', [sooner * 1000, key.id]);
  const progress = await reconciled(world.runner, id);
  expect(progress.row.oldExpiresAt).toBe(sooner);
  expect(expiryAfterOverlap('7d', progress.now, progress.row.oldExpiresAt)).toBe(sooner);
  await expire(id, key.id, { id: delivered?.keyId ?? '', prefix: 'abcdefgh' }, progress.now + 3_600_000);
  expect((await progressOf(world.runner, id)).row.oldExpiresAt).toBe(sooner);
});

test('readRotationProgress: the old key’s own end closes nothing while nobody said that the new one is stored', async () => {
  const key = await newKey(world.control, { expiresAt: (Date.now() + 3_600_000) * 1000 });
  const { id } = await startRotation(world.runner, key);
  const ends = [
    'UPDATE api_keys SET expires_at = 1 WHERE id = ?',
    "UPDATE api_keys SET status = 'revoked' WHERE id = ?",
    'DELETE FROM api_keys WHERE id = ?',
  ];
  for (const end of ends) {
    await world.control.write(end, [key.id]);
    const progress = await reconciled(world.runner, id);
    expect([end, progress.state, progress.row.closedAs]).toEqual([end, 'unstored', null]);
  }
  await acknowledge(world.db, id, Date.now());
  expect((await reconciled(world.runner, id)).state).toBe('done');
});

test('readRotationProgress: a new key that was revoked by other means than cancelling leaves the old one’s expiry, and that is said', async () => {
  const key = await newKey(world.control);
  const { id, delivered } = await startRotation(world.runner, key);
  await acknowledge(world.db, id, Date.now());
  const at = Date.now() + 3_600_000;
  await expire(id, key.id, { id: delivered?.keyId ?? '', prefix: 'abcdefgh' }, at);
  await completed(world.runner, 'keys.revoke', { id: delivered?.keyId ?? '', reason: 'by hand', leaked: false });
  const ended = await reconciled(world.runner, id);
  expect([ended.state, cancelledKeys(ended)]).toEqual(['cancelled', { old: 'linked', fresh: 'revoked' }]);
  expect((await world.row(key.id)).expires_at).toBe(at * 1000);
});

test('readRotationProgress: what a rotation ended as stays, when its new key is rotated in turn and revoked', async () => {
  const key = await newKey(world.control);
  const { id, delivered } = await startRotation(world.runner, key);
  await acknowledge(world.db, id, Date.now());
  await completed(world.runner, 'keys.revoke', { id: key.id, reason: 'rotated', leaked: false });
  expect((await reconciled(world.runner, id)).state).toBe('done');
  await completed(world.runner, 'keys.revoke', { id: delivered?.keyId ?? '', reason: 'rotated again', leaked: false });
  expect((await reconciled(world.runner, id)).state).toBe('done');
});
