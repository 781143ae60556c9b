import { describe, expect, it } from 'vitest';
import { preview } from '#lib/operations/plan/preview.ts';
import { completed, continued, refusalOf } from '#lib/operations/testing/runs.ts';
import { runnerOfKeys } from '#lib/keys/testing/bed.ts';
import { keysWorld } from '#lib/keys/testing/keys-world.ts';
import { DEMO_KEYS } from '../../../sandbox/resources/keys/keys-demo.ts';

const { admin, consoleAdmin } = DEMO_KEYS;
const reason = 'Over';
const world = keysWorld();

async function newKeys(count: number, more: Record<string, unknown> = {}): Promise<string[]> {
  const rows = Array.from({ length: count }, (_, n) => ({
    name: `chave ${n}`,
    keyHash: crypto.randomUUID(),
    scopes: ['persons:read'],
    usageCount: 0,
    ...more,
  }));
  return (await world.control.rows({ api_keys: rows })).api_keys ?? [];
}

async function rowsOf(ids: readonly string[]) {
  const all = await world.control.sql<{ id: string; status: string; revoke_reason: string | null }>(
    `SELECT id, status, revoke_reason FROM api_keys WHERE id IN (${ids.map(() => '?').join()})`,
    [...ids],
  );
  return all.map(({ status, revoke_reason: why }) => [status, why]);
}

const long = 1000 * (Date.now() - 86_400_000);

describe('keys.bulk', () => {
  it('revokes each key with the reason, and asks for their number where there are several', async () => {
    const ids = await newKeys(3);
    const seen = await preview(world.runner, 'keys.bulk', { change: 'revoke', ids, reason });
    if (!seen.ok) throw new Error('no preview');
    expect(seen.plan.losses).toHaveLength(3);
    expect(seen.plan.typed).toBeUndefined();
    const used = await newKeys(2, { usageCount: 5, lastUsedAt: 1000 * (Date.now() - 60_000) });
    const typed = await preview(world.runner, 'keys.bulk', { change: 'revoke', ids: [...ids, ...used], reason });
    expect(typed.ok && typed.plan.typed).toEqual({ text: '2' });
    const { entry } = await completed(world.runner, 'keys.bulk', { change: 'revoke', ids, reason });
    expect(entry.status).toBe('done');
    expect(await rowsOf(ids)).toEqual(ids.map(() => ['revoked', reason]));
  });

  it('deletes expired and revoked keys; an expired one is revoked first', async () => {
    const ids = [...(await newKeys(2, { expiresAt: long })), ...(await newKeys(1, { status: 'revoked' }))];
    const { entry } = await completed(world.runner, 'keys.bulk', { change: 'delete', ids, reason });
    expect(entry.status).toBe('done');
    expect(entry.steps.map(({ id }) => id.split(':')[0])).toEqual(['revoke', 'delete', 'revoke', 'delete', 'delete']);
    expect(await rowsOf(ids)).toEqual([]);
  });

  it.each<[string, () => Promise<{ change: string; ids: string[] }>, string]>([
    ['a key that works', async () => ({ change: 'delete', ids: await newKeys(1) }), 'keys.delete.revoke-first'],
    [
      'requests that were not copied',
      async () => ({ change: 'delete', ids: await newKeys(1, { expiresAt: long, usageCount: 3 }) }),
      'keys.delete.keep-first',
    ],
    [
      'the primary key',
      async () => ({ change: 'revoke', ids: [admin.id, ...(await newKeys(1))] }),
      'keys.refused-primary',
    ],
    [
      'a revoked key',
      async () => ({ change: 'revoke', ids: await newKeys(1, { status: 'revoked' }) }),
      'keys.revoke.already',
    ],
    ['one that is gone', async () => ({ change: 'revoke', ids: [crypto.randomUUID()] }), 'keys.gone'],
  ])('refuses %s', async (_, make, why) => {
    expect(await refusalOf(world.runner, 'keys.bulk', { ...(await make()), reason })).toBe(why);
    expect((await world.control.calls()).items.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  it('refuses all that can manage keys together, though each alone could go', async () => {
    await world.control.write(
      "UPDATE api_keys SET status = 'revoked' WHERE scopes LIKE '%keys:%' OR scopes LIKE '%*%'",
      [],
    );
    await world.control.write("UPDATE api_keys SET status = 'active' WHERE id = ?", [consoleAdmin.id]);
    const ids = await newKeys(2, { scopes: ['keys:read', 'keys:write'] });
    const own = runnerOfKeys(world.runner.db, world.sandbox.url, consoleAdmin.secret, consoleAdmin.scopes);
    // The session's own key ends soon, so it doesn't count as one that is left.
    await world.control.write('UPDATE api_keys SET expires_at = ? WHERE id = ?', [
      1000 * (Date.now() + 3_600_000),
      consoleAdmin.id,
    ]);
    const [first = ''] = ids;
    expect(await refusalOf(own, 'keys.bulk', { change: 'revoke', ids: [first], reason })).toBeNull();
    expect(await refusalOf(own, 'keys.bulk', { change: 'revoke', ids, reason })).toBe('keys.refused-last');
  });

  it('goes on past a key that Omni refuses, and tries it again', async () => {
    const ids = await newKeys(3);
    const fault = await world.control.fault({
      kind: 'status',
      status: 403,
      method: 'POST',
      path: `/keys/${ids[1]}/revoke$`,
      times: null,
    });
    const { entry } = await completed(world.runner, 'keys.bulk', { change: 'revoke', ids, reason });
    expect(entry.status).toBe('failed');
    expect(entry.steps.map(({ state }) => state)).toEqual(['done', 'failed', 'done']);
    await world.control.clearFault(fault.id);
    const again = await continued(world.runner, entry.id);
    expect(again.entry.status).toBe('done');
    expect((await rowsOf(ids)).map(([status]) => status)).toEqual(['revoked', 'revoked', 'revoked']);
  });

  it('does not delete a key whose revocation was refused', async () => {
    const ids = await newKeys(1, { expiresAt: long });
    await world.control.fault({ kind: 'status', status: 403, method: 'POST', path: '/revoke$', times: null });
    const { entry } = await completed(world.runner, 'keys.bulk', { change: 'delete', ids, reason });
    await world.control.clearFaults();
    expect(entry.status).toBe('failed');
    expect(await rowsOf(ids)).toEqual([['active', null]]);
  });
});
