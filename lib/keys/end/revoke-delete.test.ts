import { expect, test } from 'vitest';
import { completed, refusalOf, undoEntry } from '#lib/operations/testing/runs.ts';
import { keysWorld } from '#lib/keys/testing/keys-world.ts';
import { preview } from '#lib/operations/plan/preview.ts';
import { start } from '#lib/operations/run/run.ts';
import { DEMO_KEYS } from '../../../sandbox/resources/keys/keys-demo.ts';

const { admin, operator, leaked, consoleAdmin, revoked, expiring } = DEMO_KEYS;
const HOUR = 3_600_000;
const world = keysWorld();
const { as, row, sent } = world;

test('keys.revoke, keys.delete and keys.edit refuse the own, the primary and the last key that can manage keys; a forged run sends nothing', async () => {
  const mine = as(operator);
  const reason = 'teste';
  expect(await refusalOf(mine, 'keys.revoke', { id: operator.id, reason })).toBe('keys.refused-own');
  expect(await refusalOf(mine, 'keys.delete', { id: operator.id })).toBe('keys.refused-own');
  expect(await refusalOf(mine, 'keys.edit', { id: operator.id, changes: { scopes: ['keys:write'] } })).toBe(
    'keys.refused-own',
  );
  expect(await refusalOf(mine, 'keys.revoke', { id: admin.id, reason })).toBe('keys.refused-primary');
  expect(await refusalOf(mine, 'keys.delete', { id: admin.id })).toBe('keys.refused-primary');
  await world.control.write(`UPDATE api_keys SET scopes = '["persons:read"]' WHERE id NOT IN (?, ?)`, [
    operator.id,
    consoleAdmin.id,
  ]);
  await world.control.write('UPDATE api_keys SET expires_at = ? WHERE id = ?', [
    (Date.now() + HOUR) * 1000,
    operator.id,
  ]);
  expect(await refusalOf(mine, 'keys.revoke', { id: consoleAdmin.id, reason })).toBe('keys.refused-last');
  // A day and more by the console's clock, less by Omni's.
  await world.control.write('UPDATE api_keys SET expires_at = ? WHERE id = ?', [
    (Date.now() + 30 * HOUR) * 1000,
    operator.id,
  ]);
  expect(await refusalOf(mine, 'keys.revoke', { id: consoleAdmin.id, reason })).toBeNull();
  await world.control.moveClock(10 * HOUR);
  expect(await refusalOf(mine, 'keys.revoke', { id: consoleAdmin.id, reason })).toBe('keys.refused-last');
  await world.control.moveClock(-10 * HOUR);
  const seen = await preview(mine, 'keys.revoke', { id: operator.id, reason });
  if (!seen.ok) throw new Error('no preview');
  expect((await start(mine, seen.token)).is).toBe('stale');
  expect(await sent('POST', /revoke/)).toBe(0);
});

test('keys.revoke revokes once, with the reason; a second time is refused', async () => {
  const input = { id: leaked.id, reason: 'Vazou no repositório' };
  const { entry } = await completed(world.runner, 'keys.revoke', input);
  expect(entry.status).toBe('done');
  expect(await row(leaked.id)).toMatchObject({ status: 'revoked', revoke_reason: input.reason });
  expect(await refusalOf(world.runner, 'keys.revoke', { ...input, reason: 'outro' })).toBe('keys.revoke.already');
  expect(await refusalOf(world.runner, 'keys.revoke', { ...input, reason: ' ' })).toBe('reason_needed');
  await expect(undoEntry(world.runner, entry.id)).rejects.toThrow();
});

test('keys.revoke has the name of a key in use typed, not that of a leaked one', async () => {
  const typed = async (more: object) => {
    const seen = await preview(world.runner, 'keys.revoke', { id: leaked.id, reason: 'x', ...more });
    return seen.ok && seen.plan.typed;
  };
  expect(await typed({})).toEqual({ text: leaked.name });
  expect(await typed({ leaked: true })).toBeUndefined();
});

test.each(['before', 'after'])(
  'keys.revoke: an answer cut %s is settled by reading the key, and sent once',
  async (when) => {
    await world.control.fault({ kind: 'cut', when, method: 'POST', path: '/revoke$' });
    const { entry } = await completed(world.runner, 'keys.revoke', { id: leaked.id, reason: 'x' });
    expect(entry.status).toBe(when === 'after' ? 'done' : 'unconfirmed');
    expect(await sent('POST', /revoke$/)).toBe(1);
  },
);

test('keys.delete deletes only a revoked key, by its typed name', async () => {
  expect(await refusalOf(world.runner, 'keys.delete', { id: expiring.id })).toBe('keys.delete.revoke-first');
  await world.control.write('UPDATE api_keys SET usage_count = 0, last_used_at = NULL WHERE id = ?', [revoked.id]);
  const seen = await preview(world.runner, 'keys.delete', { id: revoked.id });
  expect(seen.ok && seen.plan.typed).toEqual({ text: revoked.name });
  const { entry } = await completed(world.runner, 'keys.delete', { id: revoked.id });
  expect(entry.status).toBe('done');
  expect(await row(revoked.id)).toBeUndefined();
});
