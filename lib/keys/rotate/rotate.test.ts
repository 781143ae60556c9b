import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { Credential } from '#lib/omni/door/credential.ts';
import { preview, type Runner } from '#lib/operations/plan/preview.ts';
import { readEntry } from '#lib/operations/journal/journal.ts';
import { resume } from '#lib/operations/run/run.ts';
import { actorsOf } from '#lib/session/actor.ts';
import { formersOf } from '#lib/store/actors.ts';
import { openStore, type Store } from '#lib/store/database.ts';
import { createControl, type Control } from '../../../sandbox/wire/control/control-client.ts';
import { DEMO_KEYS } from '../../../sandbox/resources/keys/keys-demo.ts';
import { startSandbox, type Sandbox } from '../../../sandbox/wire/server.ts';
import { expiryAfterOverlap } from './rotate-rules.ts';
import { acknowledge, recordRotation, readRotation, rotationsOfKey, rotationsUnderWay } from './rotations.ts';
import {
  progressOf,
  reconciled,
  callWith,
  carryOut,
  startRotation,
  newKey,
  runnerOfKeys,
} from '#lib/keys/testing/rotation-bed.ts';
import { MAY_HAPPEN_MS, watchOf } from '#lib/operations/run/watch.ts';
import { madeOlder } from '#lib/operations/testing/runs.ts';

const WHATSAPP = '11111111-1111-4111-8111-111111111111';
const folder = mkdtempSync(join(tmpdir(), 'omni-rotate-'));
let sandbox: Sandbox;
let control: Control;
let db: Store;
let runner: Runner;
const secrets: string[] = [];

beforeAll(async () => {
  vi.stubEnv('STORE_KEYS', `1:${'k'.repeat(32)}`);
  sandbox = await startSandbox({ port: 0, persons: 100 });
  control = createControl(sandbox.url);
  db = await openStore({ file: join(folder, 'console.db') });
  runner = runnerOfKeys(db, sandbox.url, sandbox.keys.admin);
});
beforeEach(async () => {
  vi.stubEnv('STORE_KEYS', `1:${'k'.repeat(32)}`);
  await control.clearFaults();
  await control.rateLimit(1_000_000);
});
afterAll(async () => {
  await db.destroy();
  await sandbox.stop();
});

const listedKey = async (id: string) => {
  const [row] = await control.sql<Record<string, string | number | null>>('SELECT * FROM api_keys WHERE id = ?', [id]);
  if (!row) throw new Error('no such key');
  return row;
};
const posts = async () => (await control.calls()).items.filter(({ method }) => method !== 'GET');
const keysNamed = (name: string) => control.sql('SELECT id FROM api_keys WHERE name = ?', [name]);

async function expire(rotation: string, oldId: string, fresh: { id: string; prefix: string }, at: number) {
  return carryOut(runner, 'keys.set-expiry', {
    keyId: oldId,
    expiresAt: new Date(at).toISOString(),
    replacedBy: fresh,
    rotationId: rotation,
  });
}

test('rotation, from the new key to the expiry of the old one: not one request fails', async () => {
  const key = await newKey(control, {
    description: 'CRM',
    scopes: ['persons:read', 'chats:read', 'auth:validate'],
    instanceIds: [WHATSAPP],
    rateLimit: 60,
  });
  expect(await callWith(sandbox.url, key.secret)).toBe(200);
  const { id, entry, delivered } = await startRotation(runner, key);
  if (!delivered) throw new Error('nothing delivered');
  secrets.push(delivered.secret);
  expect(entry.status).toBe('done');
  expect(entry.body.receipt?.checks.map(({ text, held }) => [text.key, held])).toEqual([
    ['rotate.checked-delivered', true],
    ['rotate.checked-alike', true],
    ['rotate.proof-allowed-proved', true],
    ['rotate.proof-refused-proved', true],
  ]);
  const [old, fresh] = [await listedKey(key.id), await listedKey(delivered.keyId)];
  for (const field of ['name', 'scopes', 'instance_ids', 'rate_limit', 'profile'])
    expect(fresh[field]).toBe(old[field]);
  expect(fresh.description).toMatch(
    new RegExp(`^CRM \\[replaces ${key.prefix}… ${key.id}\\] \\[console ${entry.id}\\]$`),
  );
  expect((await reconciled(runner, id)).state).toBe('unstored');
  expect((await rotationsUnderWay(db, 'demo')).map((row) => row.id)).toContain(id);
  const credentials = [delivered, key].map(({ secret }) => new Credential({ id: 'demo', name: '', url: '' }, secret));
  const [freshActors, oldActors] = credentials.map((one) => actorsOf(one));
  expect(await formersOf(db, freshActors ?? [])).toEqual(oldActors);
  await acknowledge(db, id, Date.now());
  const stored = await progressOf(runner, id);
  expect([
    stored.state,
    stored.use.is === 'value' && stored.use.value.integrations.map(({ userAgent }) => userAgent),
    stored.quiet,
  ]).toEqual(['stored', ['crm/1.0'], false]);

  const end = expiryAfterOverlap('15m', stored.now, null) ?? 0;
  expect((await expire(id, key.id, { id: delivered.keyId, prefix: String(fresh.key_prefix) }, end)).entry.status).toBe(
    'done',
  );
  expect((await listedKey(key.id)).description).toBe(`CRM [replaced by ${fresh.key_prefix}… ${delivered.keyId}]`);
  expect((await progressOf(runner, id)).state).toBe('overlap');
  expect(await callWith(sandbox.url, key.secret)).toBe(200);
  expect(await callWith(sandbox.url, delivered.secret)).toBe(200);

  await control.moveClock(6 * 60_000);
  const quiet = await progressOf(runner, id);
  expect([quiet.state, quiet.quiet, quiet.newUse?.is === 'value' && quiet.newUse.value.integrations.length]).toEqual([
    'overlap',
    true,
    1,
  ]);
  // The console is gone: nothing but Omni's clock goes on.
  await control.moveClock(10 * 60_000);
  expect([await callWith(sandbox.url, key.secret), await callWith(sandbox.url, delivered.secret)]).toEqual([401, 200]);
  expect((await progressOf(runner, id)).state).toBe('expired');
  await control.write("UPDATE api_keys SET status = 'revoked' WHERE id = ?", [key.id]);
  expect((await reconciled(runner, id)).state).toBe('done');
  expect(await readRotation(db, id)).toMatchObject({ closedAs: 'done', newKeyId: delivered.keyId });
  expect((await rotationsUnderWay(db, 'demo')).map((row) => row.id)).not.toContain(id);
  for (const side of [key.id, delivered.keyId]) {
    expect((await rotationsOfKey(db, 'demo', side)).map((row) => row.id)).toEqual([id]);
  }
});

test('keys.create-for-rotation copies a profile, its locks and overrides', async () => {
  const key = await newKey(control, {
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
  const { delivered, entry } = await startRotation(runner, key);
  const fresh = await listedKey(delivered?.keyId ?? '');
  expect([fresh.profile, fresh.instance_allowlist]).toEqual(['personal', JSON.stringify([WHATSAPP])]);
  expect(entry.body.receipt?.checks.find(({ text }) => text.key.startsWith('rotate.proof-allowed'))?.held).toBe(true);
});

test('keys.create-for-rotation: for a key with full access the check says that nothing could be refused', async () => {
  const { entry } = await startRotation(runner, await newKey(control, { scopes: ['*'] }));
  expect(entry.body.receipt?.checks.at(-1)).toMatchObject({
    text: { key: 'rotate.proof-refused-everything' },
    held: true,
  });
  const narrow = await startRotation(runner, await newKey(control, { scopes: ['webhooks:write'] }));
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
  await control.clearCalls();
  const as = { ...runner, session: { ...runner.session, scopes } };
  const seen = await preview(as, 'keys.create-for-rotation', { rotationId: randomUUID(), keyId, expiresAt: null });
  expect(seen.ok && seen.plan.refusal?.key).toBe(refusal);
  expect(await posts()).toEqual([]);
});

test('keys.create-for-rotation with unknown scopes: Omni refuses a broader key, and none is created', async () => {
  const key = await newKey(control, { scopes: ['*'] });
  const as = {
    ...runnerOfKeys(db, sandbox.url, sandbox.keys.operator ?? ''),
    session: { ...runner.session, scopes: null },
  };
  const { id, entry, delivered } = await startRotation(as, key);
  expect([entry.status, entry.body.problem?.code, delivered]).toEqual([
    'failed',
    'forbidden_ceiling_scopes',
    undefined,
  ]);
  expect(await keysNamed(key.name)).toHaveLength(1);
  expect((await reconciled(as, id)).state).toBe('not-created');
  expect((await readRotation(db, id))?.closedAs).toBe('not-created');
});

test('recordRotation: one key has one rotation at a time', async () => {
  const key = await newKey(control);
  await startRotation(runner, key);
  await expect(startRotation(runner, key)).rejects.toThrow('in progress');
  expect(await keysNamed(key.name)).toHaveLength(2);
});

test('keys.create-for-rotation: a key whose answer was lost is found by its mark, undelivered, and cancelled', async () => {
  const key = await newKey(control);
  await control.fault({ kind: 'cut', when: 'after', method: 'POST', path: '/keys$' });
  const { id, entry, delivered } = await startRotation(runner, key);
  expect(delivered).toBeUndefined();
  expect(entry.status).toBe('differs');
  const progress = await progressOf(runner, id);
  expect([progress.state, progress.delivered]).toEqual(['unstored', false]);
  expect(await keysNamed(key.name)).toHaveLength(2);
  const cancelled = await carryOut(runner, 'keys.cancel-rotation', {
    rotationId: id,
    oldKeyId: key.id,
    newKeyId: progress.row.newKeyId,
    oldExpiresAt: null,
  });
  expect(cancelled.entry.status).toBe('done');
  expect((await listedKey(progress.row.newKeyId ?? '')).status).toBe('revoked');
  expect((await reconciled(runner, id)).state).toBe('cancelled');
  const again = await startRotation(runner, key);
  expect(again.entry.status).toBe('done');
});

test('keys.create-for-rotation: a key that nobody ever saw can be checked for after 15 minutes, and then was not created', async () => {
  const key = await newKey(control);
  await control.fault({ kind: 'cut', when: 'before', method: 'POST', path: '/keys$' });
  const atOnce = { ...runner, wait: async () => {} };
  const { id, entry } = await startRotation(atOnce, key);
  expect([entry.status, (await progressOf(runner, id)).state]).toEqual(['unconfirmed', 'unfindable']);
  await watchOf(entry.id);
  expect((await progressOf(runner, id)).state).toBe('stopped');
  await madeOlder(runner, entry.id, MAY_HAPPEN_MS);
  const again = await resume(runner, entry.id);
  if (again.is === 'started') await again.job;
  expect((await progressOf(runner, id)).state).toBe('not-created');
  expect(await keysNamed(key.name)).toHaveLength(1);
});

test('keys.create-for-rotation: among more than a hundred keys a lost one is searched in Omni’s audit, else reported as unfindable', async () => {
  const more = Array.from({ length: 110 }, (_, n) => ({
    name: `k${n}`,
    keyHash: `h${n}${randomUUID()}`,
    scopes: ['a:b'],
  }));
  const { api_keys: crowd = [] } = await control.rows({ api_keys: more });
  try {
    const key = await newKey(control);
    await control.fault({ kind: 'cut', when: 'after', method: 'POST', path: '/keys$' });
    const found = await startRotation(runner, key);
    expect([found.entry.status, (await progressOf(runner, found.id)).state]).toEqual(['differs', 'unstored']);
    const other = await newKey(control);
    await control.fault({ kind: 'cut', when: 'after', method: 'POST', path: '/keys$' });
    await control.fault({ kind: 'status', status: 403, path: '/v2/audit$', times: null });
    const lost = await startRotation(runner, other);
    expect([lost.entry.status, (await progressOf(runner, lost.id)).state]).toEqual(['unconfirmed', 'unfindable']);
    expect((await rotationsUnderWay(db, 'demo')).map(({ id }) => id)).toContain(lost.id);
  } finally {
    for (const id of crowd) await control.write('DELETE FROM api_keys WHERE id = ?', [id]);
  }
});

test('keys.create-for-rotation creates no key while no page waits for it: not by Continue, not by another process', async () => {
  const key = await newKey(control);
  const { id, entry } = await startRotation(runner, key, {}, false);
  expect([entry.status, entry.body.problem?.code]).toEqual(['failed', 'nobody_waits']);
  const again = await resume(runner, entry.id);
  if (again.is !== 'started') throw new Error(again.is);
  await again.job;
  expect(again.delivered).toEqual([]);
  expect(await keysNamed(key.name)).toHaveLength(1);
  expect((await progressOf(runner, id)).state).toBe('not-created');
});

test('keys.cancel-rotation: the old key expires when it would have, the new one is revoked', async () => {
  const end = Date.now() + 30 * 86_400_000;
  const key = await newKey(control, { description: 'BI', expiresAt: end * 1000 });
  const { id, delivered } = await startRotation(runner, key);
  await acknowledge(db, id, Date.now());
  const progress = await progressOf(runner, id);
  await expire(
    id,
    key.id,
    { id: delivered?.keyId ?? '', prefix: progress.row.newPrefix ?? '' },
    progress.now + 3_600_000,
  );
  expect(await callWith(sandbox.url, delivered?.secret ?? '')).toBe(200);
  const input = {
    rotationId: id,
    oldKeyId: key.id,
    newKeyId: delivered?.keyId ?? '',
    oldExpiresAt: new Date(end).toISOString(),
  };
  const seen = await preview(runner, 'keys.cancel-rotation', input);
  expect(seen.ok && seen.plan.warnings.map((text) => text.key)).toEqual(['cancel-rotation.integrations']);
  const lines = seen.ok && 'lines' in seen.plan.command ? seen.plan.command.lines : [];
  expect(lines.map((line) => line.slice(0, 14))).toEqual(['curl -X PATCH ', 'omni keys revo']);
  expect((await carryOut(runner, 'keys.cancel-rotation', input)).entry.status).toBe('done');
  const old = await listedKey(key.id);
  expect([old.status, old.expires_at, old.description]).toEqual(['active', end * 1000, 'BI']);
  expect([await callWith(sandbox.url, key.secret), await callWith(sandbox.url, delivered?.secret ?? '')]).toEqual([
    200, 401,
  ]);
  expect((await progressOf(runner, id)).state).toBe('cancelled');
});

test('keys.set-expiry is undone with its link, and what others wrote meanwhile is kept', async () => {
  const key = await newKey(control, { description: null });
  const { id, delivered } = await startRotation(runner, key);
  await acknowledge(db, id, Date.now());
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
  expect((await progressOf(runner, id)).state).toBe('overlap');
  const later = await expire(id, key.id, { id: delivered?.keyId ?? '', prefix: 'abcdefgh' }, Date.now() + 7_200_000);
  expect(later.entry.body.undo, 'a second end does not take the first link away').not.toHaveProperty('input.unlink');
  await control.write("UPDATE api_keys SET description = 'Plantão ' || description WHERE id = ?", [key.id]);
  const undone = await carryOut(
    runner,
    'keys.set-expiry',
    entry.body.undo && 'input' in entry.body.undo ? entry.body.undo.input : {},
  );
  expect(undone.entry.body.plan.moves.map((text) => text.key)).toContain('effect.key-unlinked');
  expect((await listedKey(key.id)).description).toBe('Plantão');
  expect((await progressOf(runner, id)).state).toBe('stored');
});

test('keys.set-expiry: an unchanged expiry is not taken for done where its link did not arrive; continued, it does', async () => {
  const end = Date.now() + 30 * 86_400_000;
  const key = await newKey(control, { expiresAt: end * 1000 });
  const { id, delivered } = await startRotation(runner, key);
  await acknowledge(db, id, Date.now());
  await control.fault({ kind: 'cut', when: 'before', method: 'PATCH', path: '/keys/' });
  const { entry } = await expire(id, key.id, { id: delivered?.keyId ?? '', prefix: 'abcdefgh' }, end);
  expect(entry.status).toBe('unconfirmed');
  const continued = await resume(runner, entry.id);
  if (continued.is === 'started') await continued.job;
  expect((await listedKey(key.id)).description).toContain(`[replaced by abcdefgh… ${delivered?.keyId}]`);
});

test('readRotationProgress writes nothing: what is certain is told, and recorded by an action', async () => {
  const rows = async () => ({
    rotations: await db.selectFrom('rotations').selectAll().orderBy('id').execute(),
    entries: await db.selectFrom('operations').selectAll().orderBy('id').execute(),
    actors: await db.selectFrom('actor_successions').selectAll().orderBy('actor').execute(),
  });
  const expiresAt = Date.now() + 30 * 86_400_000;
  const key = await newKey(control, { expiresAt: expiresAt * 1000 });
  const { id, delivered } = await startRotation(runner, key);
  const reads = async (unrecorded: boolean) => {
    const before = await rows();
    const progress = await progressOf(runner, id);
    expect(await rows()).toEqual(before);
    expect(progress.unrecorded).toBe(unrecorded);
    return progress;
  };
  expect((await reads(true)).row.newKeyId).toBe(delivered?.keyId);
  await reconciled(runner, id);
  expect((await readRotation(db, id))?.newKeyId).toBe(delivered?.keyId);
  await reads(false);
  const sooner = expiresAt - 86_400_000;
  await control.write('UPDATE api_keys SET expires_at = ? WHERE id = ?', [sooner * 1000, key.id]);
  await reads(true);
  await reconciled(runner, id);
  await reads(false);
  await control.write("UPDATE api_keys SET status = 'revoked' WHERE id = ?", [key.id]);
  expect((await reads(true)).state).toBe('done');
  expect((await readRotation(db, id))?.closedAs).toBeNull();
  await reconciled(runner, id);
  expect((await readRotation(db, id))?.closedAs).toBe('done');
  expect((await reads(false)).state).toBe('done');
});

test('readRotationProgress: a new key whose run died before its page had it is undelivered', async () => {
  const key = await newKey(control);
  const { id, entry } = await startRotation(runner, key);
  // As a process leaves it that was killed while it proved the key.
  const prove = db.updateTable('operation_steps').where('entry_id', '=', entry.id).where('position', '=', 1);
  await prove.set({ state: 'intended', outcome: null, finished_at: null }).execute();
  const lapsed = { status: 'running', lease_until: Date.now() + 60_000, finished_at: null };
  await db.updateTable('operations').set(lapsed).where('id', '=', entry.id).execute();
  expect((await progressOf(runner, id)).state).toBe('creating');
  await db.updateTable('operations').set({ lease_until: 1 }).where('id', '=', entry.id).execute();
  const dead = await progressOf(runner, id);
  expect([dead.state, dead.delivered]).toEqual(['unstored', false]);
  const again = await resume(runner, entry.id);
  if (again.is !== 'started') throw new Error(again.is);
  await again.job;
  const continued = await progressOf(runner, id);
  expect([continued.state, continued.delivered]).toEqual(['unstored', false]);
  expect(continued.checks.find(({ text }) => text.key === 'rotate.checked-delivered')?.held).toBe(false);
});

test('readRotationProgress: the expiry of the old key is the one it has, not the one it had when the rotation began', async () => {
  const DAY = 86_400_000;
  const begun = Date.now() + 30 * DAY;
  const key = await newKey(control, { expiresAt: begun * 1000 });
  const { id, delivered } = await startRotation(runner, key);
  await acknowledge(db, id, Date.now());
  expect((await progressOf(runner, id)).row.oldExpiresAt).toBe(begun);
  const sooner = Date.now() + 2 * DAY;
  await control.write('UPDATE api_keys SET expires_at = ? WHERE id = ?', [sooner * 1000, key.id]);
  const progress = await reconciled(runner, id);
  expect(progress.row.oldExpiresAt).toBe(sooner);
  expect(expiryAfterOverlap('7d', progress.now, progress.row.oldExpiresAt)).toBe(sooner);
  await expire(id, key.id, { id: delivered?.keyId ?? '', prefix: 'abcdefgh' }, progress.now + 3_600_000);
  expect((await progressOf(runner, id)).row.oldExpiresAt).toBe(sooner);
});

test('recordRotation: a rotation another page closed opens again when its key is created after all', async () => {
  const key = await newKey(control);
  await control.fault({ kind: 'status', status: 429, method: 'POST', path: '/keys$', times: 1 });
  const { id } = await startRotation(runner, key);
  expect((await reconciled(runner, id)).state).toBe('not-created');
  expect((await readRotation(db, id))?.closedAs).toBe('not-created');
  const row = await readRotation(db, id);
  if (!row) throw new Error('no rotation');
  expect(await recordRotation(db, row, Date.now())).toBeNull();
  expect((await rotationsUnderWay(db, 'demo')).map((one) => one.id)).toContain(id);
  const [second] = [await startRotation(runner, await newKey(control))];
  const made = await readRotation(db, second.id);
  if (!made) throw new Error('no rotation');
  await reconciled(runner, second.id);
  expect((await recordRotation(db, made, Date.now()))?.id).toBe(second.id);
});

test('keys.set-expiry: an expiry that passed while a run was stopped is not set by Continue: nobody confirmed to cut integrations off', async () => {
  const key = await newKey(control);
  const { id, delivered } = await startRotation(runner, key);
  const fresh = { id: delivered?.keyId ?? '', prefix: 'abcdefgh' };
  const at = (await progressOf(runner, id)).now + 15 * 60_000;
  await control.fault({ kind: 'status', status: 429, method: 'PATCH', path: `/keys/${key.id}$`, times: 1 });
  const { entry } = await expire(id, key.id, fresh, at);
  expect(entry.status).toBe('failed');
  await control.moveClock(17 * 60_000);
  const again = await resume(runner, entry.id);
  if (again.is !== 'started') throw new Error(again.is);
  await again.job;
  expect((await readEntry(db, entry.id))?.body.problem?.code).toBe('end_passed');
  expect((await listedKey(key.id)).expires_at).toBeNull();
  expect(await callWith(sandbox.url, key.secret)).toBe(200);
});

test('keys.set-expiry and keys.cancel-rotation refuse the session’s own key', async () => {
  const key = await newKey(control, { scopes: ['keys:read', 'keys:write'] });
  const own = runnerOfKeys(db, sandbox.url, key.secret);
  const end = new Date(Date.now() + 3_600_000).toISOString();
  const expiry = await preview(own, 'keys.set-expiry', { keyId: key.id, expiresAt: end });
  expect(expiry.ok && expiry.plan.refusal?.key).toBe('expiry.refused-own');
  const { id, delivered } = await startRotation(own, key);
  const moved = runnerOfKeys(db, sandbox.url, delivered?.secret ?? '');
  const cancel = await preview(moved, 'keys.cancel-rotation', {
    rotationId: id,
    oldKeyId: key.id,
    newKeyId: delivered?.keyId ?? '',
    oldExpiresAt: null,
  });
  expect(cancel.ok && cancel.plan.refusal?.key).toBe('cancel-rotation.refused-own');
});

test('keys.create-for-rotation: after all this no new key stands in the store', async () => {
  expect(secrets.length).toBeGreaterThan(0);
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)).toString('latin1'));
  for (const secret of secrets) for (const text of files) expect(text).not.toContain(secret.slice(8));
  const steps = await db.selectFrom('operation_steps').selectAll().execute();
  expect(steps.length).toBeGreaterThan(10);
});
