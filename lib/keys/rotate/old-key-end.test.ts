import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { preview, type Runner } from '#lib/operations/plan/preview.ts';
import { openStore, type Store } from '#lib/store/database.ts';
import { createControl, type Control } from '../../../sandbox/wire/control/control-client.ts';
import { startSandbox, type Sandbox } from '../../../sandbox/wire/server.ts';
import { acknowledge } from './rotations.ts';
import { progressOf, callWith, carryOut, startRotation, newKey, runnerOfKeys } from '#lib/keys/testing/rotation-bed.ts';

const WHATSAPP = '11111111-1111-4111-8111-111111111111';
let sandbox: Sandbox;
let control: Control;
let db: Store;
let runner: Runner;

beforeAll(async () => {
  vi.stubEnv('STORE_KEYS', `1:${'k'.repeat(32)}`);
  sandbox = await startSandbox({ port: 0, persons: 20 });
  control = createControl(sandbox.url);
});
beforeEach(async () => {
  await control.reset({});
  await control.rateLimit(1_000_000);
  db = await openStore({ file: ':memory:' });
  runner = runnerOfKeys(db, sandbox.url, sandbox.keys.admin);
});
afterAll(() => sandbox.stop());

async function seen(name: string, input: object) {
  const answer = await preview(runner, name, input);
  if (!answer.ok) throw new Error(answer.problem.code);
  return answer.plan;
}

test('keys.set-expiry: expiring the old key at once names its integrations and has its name typed, as revoking does', async () => {
  const key = await newKey(control);
  const { id } = await startRotation(runner, key);
  await acknowledge(db, id, Date.now());
  const { now } = await progressOf(runner, id);
  const at = (ms: number) => ({ keyId: key.id, expiresAt: new Date(now + ms).toISOString(), rotationId: id });
  expect((await seen('keys.set-expiry', at(0))).typed).toBeUndefined();
  expect(await callWith(sandbox.url, key.secret)).toBe(200);
  const atOnce = await seen('keys.set-expiry', at(0));
  expect([atOnce.typed, atOnce.losses.map((text) => text.key)]).toEqual([{ text: key.name }, ['effect.key-cut-off']]);
  expect(atOnce.warnings).toContainEqual({ key: 'expiry.integrations', values: { count: 1, ip: '203.0.113.9' } });
  const later = await seen('keys.set-expiry', at(900_000));
  expect([later.typed, later.losses]).toEqual([undefined, []]);
  expect(later.warnings.map((text) => text.key)).toContain('expiry.integrations');
  await control.fault({ kind: 'status', status: 403, path: '/audit$', times: null });
  const blind = await seen('keys.set-expiry', at(0));
  expect([blind.typed, blind.unknowns.map((text) => text.key)]).toEqual([
    { text: key.name },
    ['effect.key-integrations'],
  ]);
});

test('keys.set-expiry warns of a later expiry than the old key has', async () => {
  const key = await newKey(control, { expiresAt: (Date.now() + 3_600_000) * 1000 });
  const plan = await seen('keys.set-expiry', {
    keyId: key.id,
    expiresAt: new Date(Date.now() + 7_200_000).toISOString(),
  });
  expect(plan.warnings.map((text) => text.key)).toContain('expiry.later');
});

test('keys.set-expiry and keys.revoke: the new key counts as one that can manage keys though Omni doesn’t list it', async () => {
  const scopes = ['keys:read', 'keys:write', 'persons:read'];
  const key = await newKey(control, { scopes });
  // Nobody else among the hundred that are listed can write keys; who rotates is not listed either.
  await control.write('UPDATE api_keys SET scopes = \'["persons:read"]\' WHERE id NOT IN (?)', [key.id]);
  const crowd = Array.from({ length: 110 }, (_, n) => ({ name: `k${n}`, keyHash: randomUUID(), scopes: ['a:b'] }));
  await control.rows({ api_keys: crowd });
  const admin = await newKey(control, { scopes: ['*'], createdAt: (Date.now() + 1_000_000) * 1000 });
  runner = runnerOfKeys(db, sandbox.url, admin.secret);
  const { id, delivered } = await startRotation(runner, key);
  await acknowledge(db, id, Date.now());
  const { now, row } = await progressOf(runner, id);
  const replacedBy = { id: delivered?.keyId ?? '', prefix: row.newPrefix ?? '' };
  const end = { keyId: key.id, expiresAt: new Date(now + 900_000).toISOString() };
  expect((await seen('keys.set-expiry', end)).refusal?.key).toBe('keys.refused-last-unlisted');
  const ran = await carryOut(runner, 'keys.set-expiry', { ...end, replacedBy, rotationId: id });
  expect(ran.entry.status).toBe('done');
  const revoke = { id: key.id, reason: 'Rotated', replacedBy: replacedBy.id };
  const revoked = await carryOut(runner, 'keys.revoke', revoke);
  expect(revoked.entry.status).toBe('done');
  expect((await progressOf(runner, id)).state).toBe('done');
});

test('keys.revoke: a replacing key that can’t manage keys doesn’t count', async () => {
  const key = await newKey(control, { scopes: ['keys:read', 'keys:write'] });
  const other = await newKey(control);
  await control.write('UPDATE api_keys SET scopes = \'["persons:read"]\' WHERE id NOT IN (?, ?)', [
    key.id,
    '99999990-0000-4000-8000-000000000001',
  ]);
  await control.write('UPDATE api_keys SET expires_at = ? WHERE id = ?', [
    (Date.now() + 3_600_000) * 1000,
    '99999990-0000-4000-8000-000000000001',
  ]);
  const plan = await seen('keys.revoke', { id: key.id, reason: 'Rotated', replacedBy: other.id });
  expect(plan.refusal?.key).toBe('keys.refused-last');
});

test('keys.create-for-rotation refuses a key with locks and no profile: Omni would create the new one without them', async () => {
  const key = await newKey(control, { instanceAllowlist: [WHATSAPP] });
  const plan = await seen('keys.create-for-rotation', { rotationId: randomUUID(), keyId: key.id, expiresAt: null });
  expect(plan.refusal).toEqual({ key: 'rotate.refused-locks', values: { name: key.name } });
});
