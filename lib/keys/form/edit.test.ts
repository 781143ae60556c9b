import { describe, expect, it, test } from 'vitest';
import { completed, refusalOf, undoEntry } from '#lib/operations/testing/runs.ts';
import { callRows } from '#lib/keys/testing/calls.ts';
import { keysWorld } from '#lib/keys/testing/keys-world.ts';
import { preview } from '#lib/operations/plan/preview.ts';
import { DEMO_KEYS } from '../../../sandbox/resources/keys/keys-demo.ts';

const WHATSAPP = '11111111-1111-4111-8111-111111111111';
const { leaked, revoked } = DEMO_KEYS;
const HOUR = 3_600_000;
const world = keysWorld();
const { row } = world;

const iso = (ms: number) => new Date(Date.now() + ms).toISOString();
const draft = { name: 'Relatório', scopes: ['persons:read', 'chats:read'], instanceIds: null, expiresAt: null };

test('keys.edit sends only what changes, shows what it adds and removes, and is undone', async () => {
  await world.control.snapshot('edit');
  const changes = { scopes: ['persons:*'], instanceIds: [WHATSAPP], description: 'só isto', expiresAt: null };
  const seen = await preview(world.runner, 'keys.edit', { id: leaked.id, changes });
  if (!seen.ok) throw new Error(seen.problem.code);
  expect(seen.plan.moves.map(({ key }) => key)).toEqual([
    'effect.set',
    'effect.permissions-added',
    'effect.permissions-removed',
    'effect.set',
  ]);
  expect([seen.plan.restores, seen.plan.losses, seen.plan.unknowns]).toEqual(['everything', [], []]);
  expect(seen.plan.warnings.map(({ key }) => key)).toEqual(['keys.cache']);
  expect(seen.plan.typed).toEqual({ text: leaked.name });
  const { entry } = await completed(world.runner, 'keys.edit', { id: leaked.id.toUpperCase(), changes });
  expect(entry.status).toBe('done');
  expect(await row(leaked.id)).toMatchObject({ scopes: '["persons:*"]', instance_ids: `["${WHATSAPP}"]` });
  expect((await undoEntry(world.runner, entry.id)).status).toBe('done');
  const { api_keys: after } = await world.control.diff('edit', ['api_keys']);
  expect(after?.changed.filter(({ after: one }) => one.id === leaked.id) ?? []).toEqual([]);
});

test('keys.edit keeps texts that are no scopes, and adds no new one', async () => {
  await world.control.write('UPDATE api_keys SET scopes = ? WHERE id = ?', [
    '["read","a:b:c","persons:read","chats:read"]',
    leaked.id,
  ]);
  const edit = (scopes: string[]) => ({ id: leaked.id, changes: { scopes } });
  const { entry } = await completed(world.runner, 'keys.edit', edit(['read', 'a:b:c', 'persons:read']));
  expect(entry.status).toBe('done');
  expect(await row(leaked.id)).toMatchObject({ scopes: '["read","a:b:c","persons:read"]' });
  expect(await refusalOf(world.runner, 'keys.edit', edit(['read', 'a:b:c', 'write']))).toBe('keys.bad-scopes');
  expect((await undoEntry(world.runner, entry.id)).status).toBe('done');
});

test('keys.edit is not undone over somebody else’s edit', async () => {
  const { entry } = await completed(world.runner, 'keys.edit', { id: leaked.id, changes: { name: 'novo' } });
  await world.control.write("UPDATE api_keys SET name = 'deles' WHERE id = ?", [leaked.id]);
  await expect(undoEntry(world.runner, entry.id)).rejects.toThrow('keys.edit.changed-since');
});

test('keys.edit keeps the mark of a key this console created', async () => {
  const { entry, delivered } = await completed(world.runner, 'keys.create', { ...draft, description: 'um' });
  const { keyId } = delivered[0] as { keyId: string };
  await completed(world.runner, 'keys.edit', { id: keyId, changes: { description: 'dois' } });
  expect(await row(keyId)).toMatchObject({ description: `dois [console ${entry.id}]` });
});

test.each<[string, object]>([
  ['more scopes', { scopes: [...leaked.scopes, 'chats:read'] }],
  ['no limit on instances', { instanceIds: null }],
  ['more instances', { instanceIds: [WHATSAPP, '22222222-2222-4222-8222-222222222222'] }],
  ['a later expiry', { expiresAt: null }],
])('keys.edit has the name typed for %s', async (_, changes) => {
  await world.control.write('UPDATE api_keys SET instance_ids = ?, expires_at = ? WHERE id = ?', [
    `["${WHATSAPP}"]`,
    (Date.now() + HOUR) * 1000,
    leaked.id,
  ]);
  const seen = await preview(world.runner, 'keys.edit', { id: leaked.id, changes });
  if (!seen.ok) throw new Error(seen.problem.code);
  expect(seen.plan.typed).toEqual({ text: leaked.name });
});

test.each<[string, object, string]>([
  ['a past expiry', { id: leaked.id, changes: { expiresAt: iso(-1) } }, 'keys.past'],
  ['nothing', { id: leaked.id, changes: { name: leaked.name, instanceIds: null } }, 'keys.edit.nothing'],
  ['the reserved name', { id: leaked.id, changes: { name: '__primary__' } }, 'reserved_name'],
  ['no permission', { id: leaked.id, changes: { scopes: [] } }, 'scopes_needed'],
  ['a revoked key', { id: revoked.id, changes: { name: 'x' } }, 'keys.edit.revoked'],
  ['a key that is not there', { id: WHATSAPP, changes: { name: 'x' } }, 'keys.gone'],
])('keys.edit refuses %s', async (_, input, why) => {
  expect(await refusalOf(world.runner, 'keys.edit', input)).toBe(why);
});

describe('keys.edit: an expiry that comes sooner', () => {
  const to = (expiresAt: string | null) => ({ id: leaked.id, changes: { expiresAt } });
  const reviewed = async (expiresAt: string | null) => {
    const seen = await preview(world.runner, 'keys.edit', to(expiresAt));
    if (!seen.ok) throw new Error(seen.problem.code);
    const { losses, unknowns, warnings, typed } = seen.plan;
    return { typed, said: [...losses, ...unknowns, ...warnings].map(({ key }) => key) };
  };
  const requests = () => world.sent('GET', new RegExp(`/keys/${leaked.id}/audit`));

  it('names the integrations that still use the key; at once, its name is typed', async () => {
    await world.control.rows({ api_key_audit_logs: callRows(leaked.id, 3, { newest: Date.now() - HOUR }) });
    expect(await reviewed(iso(48 * HOUR))).toEqual({ typed: undefined, said: ['expiry.integrations', 'keys.cache'] });
    expect(await reviewed(iso(20_000))).toEqual({
      typed: { text: leaked.name },
      said: ['effect.key-cut-off', 'expiry.integrations', 'keys.cache'],
    });
  });

  it('says so where the requests could not be read, and asks for none where it comes later', async () => {
    await world.control.fault({ kind: 'status', status: 500, path: '/audit', times: null });
    expect((await reviewed(iso(48 * HOUR))).said).toEqual(['effect.key-integrations', 'keys.cache']);
    await world.control.clearFaults();
    await world.control.write('UPDATE api_keys SET expires_at = ? WHERE id = ?', [
      (Date.now() + HOUR) * 1000,
      leaked.id,
    ]);
    await world.control.clearCalls();
    expect((await reviewed(null)).said).toEqual(['keys.cache']);
    expect((await reviewed(iso(48 * HOUR))).said).toEqual(['keys.cache']);
    expect(await requests()).toBe(0);
  });
});
