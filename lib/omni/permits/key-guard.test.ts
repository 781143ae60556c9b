import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { ownSandbox } from '#lib/omni/testing/own-sandbox.ts';
import { DEMO_KEYS } from '../../../sandbox/resources/keys/keys-demo.ts';
import { credentialFor } from '#lib/omni/testing/fixture-server.ts';
import { createKey, deleteKey, patchKey, revokeKey } from '#lib/omni/resources/keys.ts';
import { omniAs } from '#lib/omni/door/request.ts';
import { key as keySchema } from '#lib/omni/schemas/keys.ts';
import { z } from 'zod';

const { admin, operator, leaked, support } = DEMO_KEYS;
const as = (secret: string) => omniAs(credentialFor(sandbox.url, secret));
const code = (answer: { ok: boolean; error?: unknown }) =>
  answer.ok
    ? 'done'
    : ((answer.error as { code?: string; kind: string }).code ?? (answer.error as { kind: string }).kind);
const writes = async () => (await control.calls()).items.filter(({ method }) => method !== 'GET');
const HOUR = 3_600_000;
const iso = (ms: number) => new Date(Date.now() + ms).toISOString();

const manyMore = () =>
  control.rows({
    api_keys: Array.from({ length: 110 }, (_, n) => ({
      name: `k${n}`,
      keyHash: `hash ${n}`,
      scopes: ['persons:read'],
    })),
  });

const { sandbox, control } = await ownSandbox({ persons: 50 });
beforeEach(async () => {
  await control.reset({});
  await control.clearCalls();
});

test.each([
  ['revoke', (id: string) => revokeKey(as(operator.secret), id)],
  ['delete', (id: string) => deleteKey(as(operator.secret), id)],
  ['fewer scopes', (id: string) => patchKey(as(operator.secret), id, { scopes: ['keys:read'] })],
  ['fewer instances', (id: string) => patchKey(as(operator.secret), id, { instanceIds: [] })],
  ['an end', (id: string) => patchKey(as(operator.secret), id, { expiresAt: iso(HOUR) })],
])('guardKey: the own and the primary key refuse %s, and nothing is sent', async (_, attempt) => {
  expect(code(await attempt(operator.id))).toBe('own_key');
  expect(code(await attempt(operator.id.toUpperCase()))).toBe('own_key');
  expect(code(await attempt(admin.id))).toBe('primary_key');
  expect(await writes()).toEqual([]);
});

test('guardKey: the own key may be described and widened, and another one ended', async () => {
  const omni = as(admin.secret);
  expect(code(await patchKey(as(operator.secret), operator.id, { description: 'mine' }))).toBe('done');
  expect(code(await patchKey(omni, leaked.id, { scopes: ['persons:read'] }))).toBe('done');
  expect(code(await revokeKey(omni, leaked.id, { reason: 'leaked' }))).toBe('done');
  expect(code(await deleteKey(omni, leaked.id))).toBe('done');
});

test('guardKey: the own key is known beyond the 100 that are listed', async () => {
  await manyMore();
  await control.write('UPDATE api_keys SET created_at = ? WHERE id = ?', [(Date.now() + HOUR) * 1000, operator.id]);
  expect(code(await revokeKey(as(operator.secret), operator.id))).toBe('own_key');
});

const noOtherWriters = `UPDATE api_keys SET scopes = '["persons:read"]' WHERE id NOT IN (?, ?)`;

test('guardKey: the last key that can write keys is not ended, also when the caller’s own expires within a day', async () => {
  const second = '99999990-0000-4000-8000-000000000777';
  await control.rows({ api_keys: [{ id: second, name: 'second', keyHash: 'h', scopes: ['keys:*', 'keys:read'] }] });
  await control.write(noOtherWriters, [operator.id, second]);
  const omni = as(operator.secret);
  expect(code(await patchKey(omni, second, { description: 'x', expiresAt: iso(1000 * HOUR) }))).not.toBe(
    'last_key_writer',
  );
  await control.write('UPDATE api_keys SET expires_at = ? WHERE id = ?', [(Date.now() + HOUR) * 1000, operator.id]);
  await control.clearCalls();
  expect(code(await revokeKey(omni, second))).toBe('last_key_writer');
  expect(code(await deleteKey(omni, second))).toBe('last_key_writer');
  expect(code(await patchKey(omni, second, { expiresAt: iso(HOUR) }))).toBe('last_key_writer');
  expect(code(await patchKey(omni, second, { scopes: ['keys:read'] }))).toBe('last_key_writer');
  expect(await writes()).toEqual([]);
  await manyMore();
  expect(code(await revokeKey(omni, second))).toBe('last_key_writer_unseen');
  await control.write('UPDATE api_keys SET expires_at = NULL WHERE id = ?', [operator.id]);
  expect(code(await revokeKey(omni, second))).toBe('done');
});

test('guardKey: a key that can’t be read is not changed', async () => {
  await control.fault({ kind: 'status', status: 500, method: 'GET', path: '/keys/' });
  expect(code(await revokeKey(as(admin.secret), leaked.id))).toBe('unavailable');
  await control.clearFaults();
  expect(code(await revokeKey(as(support.secret), leaked.id))).toBe('forbidden');
  expect(await writes()).toEqual([]);
});

test('guardKey: the door sends no change of a key that did not pass the guard', async () => {
  const omni = as(admin.secret);
  const schema = z.unknown();
  for (const call of [
    { method: 'POST', path: `/keys/${leaked.id}/revoke`, body: {} },
    { method: 'DELETE', path: `/keys/${leaked.id}` },
    { method: 'PATCH', path: `/keys/${leaked.id}`, body: { description: 'x' } },
  ] as const) {
    expect(code(await omni.request({ ...call, schema }))).toBe('unguarded_key_change');
  }
  expect(await writes()).toEqual([]);
});

test.each(['__primary__', ' __PRIMARY__ ', '__prim\u200bary__', '＿＿primary＿＿'])(
  'no key is called %j',
  async (name) => {
    const omni = as(admin.secret);
    expect(code(await createKey(omni, { name, scopes: ['persons:read'] }))).toBe('reserved_name');
    expect(code(await patchKey(omni, leaked.id, { name }))).toBe('reserved_name');
    expect(await writes()).toEqual([]);
  },
);

const OMNI = join(import.meta.dirname, '..');

test('guardKey: only keys.ts marks a change as guarded', () => {
  const files = readdirSync(OMNI, { encoding: 'utf8', recursive: true }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  );
  const marking = files.filter((name) => /\bpermitKeyChange\(/.test(readFileSync(join(OMNI, name), 'utf8')));
  expect(marking).toEqual(['resources/keys.ts']);
  expect(Object.keys(keySchema.shape)).not.toContain('keyHash');
});
