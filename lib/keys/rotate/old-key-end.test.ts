import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { callWith, newKey, runnerOfKeys } from '#lib/keys/testing/bed.ts';
import { completed } from '#lib/operations/testing/runs.ts';
import { progressOf, startRotation } from '#lib/keys/testing/rotation-bed.ts';
import { rotationWorld } from '#lib/keys/testing/rotation-world.ts';
import { readEntry } from '#lib/operations/journal/journal.ts';
import { preview } from '#lib/operations/plan/preview.ts';
import { undoPreview } from '#lib/operations/receipt/undo.ts';
import { resume } from '#lib/operations/run/run.ts';
import { acknowledge } from './rotations.ts';

const world = rotationWorld();
const { row: rowOf, expire } = world;

async function seen(name: string, input: object) {
  const answer = await preview(world.runner, name, input);
  if (!answer.ok) throw new Error(answer.problem.code);
  return answer.plan;
}

test('keys.set-expiry: expiring the old key at once names its integrations and has its name typed, as revoking does', async () => {
  const key = await newKey(world.control);
  const { id } = await startRotation(world.runner, key);
  await acknowledge(world.db, id, Date.now());
  const { now } = await progressOf(world.runner, id);
  const at = (ms: number) => ({ keyId: key.id, expiresAt: new Date(now + ms).toISOString(), rotationId: id });
  expect((await seen('keys.set-expiry', at(0))).typed).toBeUndefined();
  expect(await callWith(world.sandbox.url, key.secret)).toBe(200);
  const atOnce = await seen('keys.set-expiry', at(0));
  expect([atOnce.typed, atOnce.losses.map((text) => text.key)]).toEqual([{ text: key.name }, ['effect.key-cut-off']]);
  expect(atOnce.warnings).toContainEqual({ key: 'expiry.integrations', values: { count: 1, ip: '203.0.113.9' } });
  const later = await seen('keys.set-expiry', at(900_000));
  expect([later.typed, later.losses]).toEqual([undefined, []]);
  expect(later.warnings.map((text) => text.key)).toContain('expiry.integrations');
  await world.control.fault({ kind: 'status', status: 403, path: '/audit$', times: null });
  const blind = await seen('keys.set-expiry', at(0));
  expect([blind.typed, blind.unknowns.map((text) => text.key)]).toEqual([
    { text: key.name },
    ['effect.key-integrations'],
  ]);
});

test('keys.set-expiry is not undone over an expiry that somebody else set since', async () => {
  const key = await newKey(world.control);
  const at = (ms: number) => ({ keyId: key.id, expiresAt: new Date(Date.now() + ms).toISOString() });
  const { entry } = await completed(world.runner, 'keys.set-expiry', at(7_200_000));
  await completed(world.runner, 'keys.set-expiry', at(3_600_000));
  const back = await undoPreview(world.runner, entry.id);
  expect(back.ok && back.plan.refusal?.key).toBe('keys.edit.changed-since');
});

test('keys.set-expiry warns of a later expiry than the old key has', async () => {
  const key = await newKey(world.control, { expiresAt: (Date.now() + 3_600_000) * 1000 });
  const plan = await seen('keys.set-expiry', {
    keyId: key.id,
    expiresAt: new Date(Date.now() + 7_200_000).toISOString(),
  });
  expect(plan.warnings.map((text) => text.key)).toContain('expiry.later');
});

test('keys.set-expiry and keys.revoke: the new key counts as one that can manage keys though Omni doesn’t list it', async () => {
  const scopes = ['keys:read', 'keys:write', 'persons:read'];
  const key = await newKey(world.control, { scopes });
  // Nobody else among the hundred that are listed can write keys; who rotates is not listed either.
  await world.control.write('UPDATE api_keys SET scopes = \'["persons:read"]\' WHERE id NOT IN (?)', [key.id]);
  const crowd = Array.from({ length: 110 }, (_, n) => ({ name: `k${n}`, keyHash: randomUUID(), scopes: ['a:b'] }));
  await world.control.rows({ api_keys: crowd });
  const admin = await newKey(world.control, { scopes: ['*'], createdAt: (Date.now() + 1_000_000) * 1000 });
  world.runner = runnerOfKeys(world.db, world.sandbox.url, admin.secret);
  const { id, delivered } = await startRotation(world.runner, key);
  await acknowledge(world.db, id, Date.now());
  const { now, row } = await progressOf(world.runner, id);
  const replacedBy = { id: delivered?.keyId ?? '', prefix: row.newPrefix ?? '' };
  const end = { keyId: key.id, expiresAt: new Date(now + 900_000).toISOString() };
  expect((await seen('keys.set-expiry', end)).refusal?.key).toBe('keys.refused-last-unlisted');
  const ran = await completed(world.runner, 'keys.set-expiry', { ...end, replacedBy, rotationId: id });
  expect(ran.entry.status).toBe('done');
  const revoke = { id: key.id, reason: 'Rotated', replacedBy: replacedBy.id };
  const revoked = await completed(world.runner, 'keys.revoke', revoke);
  expect(revoked.entry.status).toBe('done');
  expect((await progressOf(world.runner, id)).state).toBe('done');
});

test('keys.revoke: a replacing key that can’t manage keys doesn’t count', async () => {
  const key = await newKey(world.control, { scopes: ['keys:read', 'keys:write'] });
  const other = await newKey(world.control);
  await world.control.write('UPDATE api_keys SET scopes = \'["persons:read"]\' WHERE id NOT IN (?, ?)', [
    key.id,
    '99999990-0000-4000-8000-000000000001',
  ]);
  await world.control.write('UPDATE api_keys SET expires_at = ? WHERE id = ?', [
    (Date.now() + 3_600_000) * 1000,
    '99999990-0000-4000-8000-000000000001',
  ]);
  const plan = await seen('keys.revoke', { id: key.id, reason: 'Rotated', replacedBy: other.id });
  expect(plan.refusal?.key).toBe('keys.refused-last');
});

test('keys.set-expiry is undone with its link, and what others wrote meanwhile is kept', async () => {
  const key = await newKey(world.control, { description: null });
  const { id, delivered } = await startRotation(world.runner, key);
  await acknowledge(world.db, id, Date.now());
  const { entry } = await expire(
    id,
    key.id,
    { id: delivered?.keyId ?? '', prefix: 'abcdefgh' },
    Date.now() + 3_600_000,
  );
  expect(entry.body.undo).toMatchObject({
    operation: 'keys.set-expiry',
    input: { expiresAt: null, unlink: delivered?.keyId },
  });
  expect((await progressOf(world.runner, id)).state).toBe('overlap');
  const later = await expire(id, key.id, { id: delivered?.keyId ?? '', prefix: 'abcdefgh' }, Date.now() + 7_200_000);
  expect(later.entry.body.undo, 'a second end does not take the first link away').not.toHaveProperty('input.unlink');
  await world.control.write("UPDATE api_keys SET description = 'Plantão ' || description WHERE id = ?", [key.id]);
  const undo = (one: typeof entry) =>
    completed(world.runner, 'keys.set-expiry', one.body.undo && 'input' in one.body.undo ? one.body.undo.input : {});
  await undo(later.entry);
  const undone = await undo(entry);
  expect(undone.entry.body.plan.moves.map((text) => text.key)).toContain('effect.key-unlinked');
  expect((await rowOf(key.id)).description).toBe('Plantão');
  expect((await progressOf(world.runner, id)).state).toBe('stored');
});

test('keys.set-expiry: an unchanged expiry is not taken for done where its link did not arrive; continued, it does', async () => {
  const end = Date.now() + 30 * 86_400_000;
  const key = await newKey(world.control, { expiresAt: end * 1000 });
  const { id, delivered } = await startRotation(world.runner, key);
  await acknowledge(world.db, id, Date.now());
  await world.control.fault({ kind: 'cut', when: 'before', method: 'PATCH', path: '/keys/' });
  const { entry } = await expire(id, key.id, { id: delivered?.keyId ?? '', prefix: 'abcdefgh' }, end);
  expect(entry.status).toBe('unconfirmed');
  const continued = await resume(world.runner, entry.id);
  if (continued.is === 'started') await continued.job;
  expect((await rowOf(key.id)).description).toContain(`[replaced by abcdefgh… ${delivered?.keyId}]`);
});

test('keys.set-expiry: an expiry that passed while a run was stopped is not set by Continue: nobody confirmed to cut integrations off', async () => {
  const key = await newKey(world.control);
  const { id, delivered } = await startRotation(world.runner, key);
  const fresh = { id: delivered?.keyId ?? '', prefix: 'abcdefgh' };
  const at = (await progressOf(world.runner, id)).now + 15 * 60_000;
  await world.control.fault({ kind: 'status', status: 429, method: 'PATCH', path: `/keys/${key.id}$`, times: 1 });
  const { entry } = await expire(id, key.id, fresh, at);
  expect(entry.status).toBe('failed');
  await world.control.moveClock(17 * 60_000);
  const again = await resume(world.runner, entry.id);
  if (again.is !== 'started') throw new Error(again.is);
  await again.job;
  expect((await readEntry(world.db, entry.id))?.body.problem?.code).toBe('end_passed');
  expect((await rowOf(key.id)).expires_at).toBeNull();
  expect(await callWith(world.sandbox.url, key.secret)).toBe(200);
});

test('keys.set-expiry and keys.cancel-rotation refuse the session’s own key', async () => {
  const key = await newKey(world.control, { scopes: ['keys:read', 'keys:write'] });
  const own = runnerOfKeys(world.db, world.sandbox.url, key.secret);
  const end = new Date(Date.now() + 3_600_000).toISOString();
  const expiry = await preview(own, 'keys.set-expiry', { keyId: key.id, expiresAt: end });
  expect(expiry.ok && expiry.plan.refusal?.key).toBe('expiry.refused-own');
  const { id, delivered } = await startRotation(own, key);
  const moved = runnerOfKeys(world.db, world.sandbox.url, delivered?.secret ?? '');
  const cancel = await preview(moved, 'keys.cancel-rotation', {
    rotationId: id,
    oldKeyId: key.id,
    newKeyId: delivered?.keyId ?? '',
    oldExpiresAt: null,
  });
  expect(cancel.ok && cancel.plan.refusal?.key).toBe('cancel-rotation.refused-own');
});

test('keys.cancel-rotation: the old key expires when it would have, the new one is revoked', async () => {
  const end = Date.now() + 30 * 86_400_000;
  const key = await newKey(world.control, { description: 'BI', expiresAt: end * 1000 });
  const { id, delivered } = await startRotation(world.runner, key);
  await acknowledge(world.db, id, Date.now());
  const progress = await progressOf(world.runner, id);
  await expire(
    id,
    key.id,
    { id: delivered?.keyId ?? '', prefix: progress.row.newPrefix ?? '' },
    progress.now + 3_600_000,
  );
  expect(await callWith(world.sandbox.url, delivered?.secret ?? '')).toBe(200);
  const input = {
    rotationId: id,
    oldKeyId: key.id,
    newKeyId: delivered?.keyId ?? '',
    oldExpiresAt: new Date(end).toISOString(),
  };
  const seen = await preview(world.runner, 'keys.cancel-rotation', input);
  expect(seen.ok && seen.plan.warnings.map((text) => text.key)).toEqual(['cancel-rotation.integrations']);
  const lines = seen.ok && 'lines' in seen.plan.command ? seen.plan.command.lines : [];
  expect(lines.map((line) => line.slice(0, 14))).toEqual(['curl -X PATCH ', 'omni keys revo']);
  expect((await completed(world.runner, 'keys.cancel-rotation', input)).entry.status).toBe('done');
  const old = await rowOf(key.id);
  expect([old.status, old.expires_at, old.description]).toEqual(['active', end * 1000, 'BI']);
  expect([
    await callWith(world.sandbox.url, key.secret),
    await callWith(world.sandbox.url, delivered?.secret ?? ''),
  ]).toEqual([200, 401]);
  expect((await progressOf(world.runner, id)).state).toBe('cancelled');
});
