import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { carryOut, undoEntry } from '#lib/operations/testing/runs.ts';
import { preview, type Runner } from '#lib/operations/plan/preview.ts';
import { personRows, runnerOfPersons } from '#lib/persons/testing/bed.ts';
import { openStore, type Store } from '#lib/store/database.ts';
import { createControl, type Control } from '../../../sandbox/wire/control/control-client.ts';
import { startSandbox, type Sandbox } from '../../../sandbox/wire/server.ts';

const WHATSAPP = '11111111-1111-4111-8111-111111111111';
let sandbox: Sandbox;
let control: Control;
let db: Store;
let runner: Runner;

beforeAll(async () => {
  vi.stubEnv('STORE_KEYS', `1:${'k'.repeat(32)}`);
  sandbox = await startSandbox({ port: 0, persons: 60 });
  control = createControl(sandbox.url);
  await control.rateLimit(1_000_000);
  db = await openStore({ file: ':memory:' });
  runner = runnerOfPersons(db, sandbox.url, sandbox.keys.admin);
});
afterAll(async () => {
  await db.destroy();
  await sandbox.stop();
});

async function pair(name: string): Promise<{ survivor: string; duplicates: string[]; identity: string }> {
  const [one, other] = [`${name} um`, `${name} dois`].map((displayName) =>
    personRows({ displayName }, [{ instanceId: WHATSAPP, platformUserId: `${randomUUID()}@s.whatsapp.net` }]),
  );
  if (!one || !other) throw new Error('nobody');
  await control.rows({ persons: [one.person, other.person], platform_identities: [...one.rows, ...other.rows] });
  return { survivor: one.id, duplicates: [other.id], identity: other.identities[0] ?? '' };
}

const holders = async (all: readonly { identity: string }[]) =>
  Promise.all(
    all.map(async ({ identity }) => {
      const sql = 'SELECT person_id FROM platform_identities WHERE id = ?';
      return (await control.sql<{ person_id: string }>(sql, [identity]))[0]?.person_id ?? '';
    }),
  );

describe('persons.merge-many of several groups', () => {
  it('merges three pairs in one plan, is typed once, is undone in one, and done again', async () => {
    const all = [await pair('Ana'), await pair('Rui'), await pair('Lia')];
    const [first, ...also] = all.map(({ survivor, duplicates }) => ({ survivor, duplicates }));
    const entry = await carryOut(runner, 'persons.merge-many', { ...first, also, reason: '' });
    expect([entry.status, entry.body.plan.title, entry.body.plan.typed]).toEqual([
      'done',
      { key: 'merge-many.title-groups', values: { count: 3 } },
      { text: '3' },
    ]);
    expect(entry.body.receipt?.checks.map(({ held }) => held)).not.toContain(false);
    expect(await holders(all)).toEqual(all.map(({ survivor }) => survivor));
    const heads = entry.body.plan.losses.filter(({ head }) => head);
    expect(JSON.stringify(heads)).toContain('Rui dois → Rui um');
    const back = await undoEntry(runner, entry.id);
    expect([back.operation, back.status]).toEqual(['persons.merge-many-undo', 'done']);
    expect(back.body.receipt?.checks.map(({ held }) => held)).not.toContain(false);
    const fresh = await holders(all);
    expect(new Set(fresh).size).toBe(3);
    for (const { survivor } of all) expect(fresh).not.toContain(survivor);
    const again = await undoEntry(runner, back.id);
    expect(again.status).toBe('done');
    expect(await holders(all)).toEqual(all.map(({ survivor }) => survivor));
  });

  it('refuses somebody who stands in two groups, and more than twenty duplicates', async () => {
    const [one, other] = [await pair('Bia'), await pair('Caio')];
    const twice = { survivor: other.survivor, duplicates: one.duplicates };
    const seen = await preview(runner, 'persons.merge-many', { ...pick(one), also: [twice], reason: '' });
    expect(seen).toMatchObject({ ok: true, plan: { refusal: { key: 'merge.refused-self' } } });
    const many = Array.from({ length: 20 }, () => randomUUID());
    const over = await preview(runner, 'persons.merge-many', {
      ...pick(one),
      also: [{ survivor: other.survivor, duplicates: many }],
      reason: '',
    });
    expect(over.ok).toBe(false);
  });

  it('names whom it can’t merge, and merges nobody then', async () => {
    const [one, other] = [await pair('Davi'), await pair('Eva')];
    await control.write('DELETE FROM platform_identities WHERE id = ?', [other.identity]);
    const seen = await preview(runner, 'persons.merge-many', { ...pick(one), also: [pick(other)], reason: '' });
    expect(seen).toMatchObject({ ok: true, plan: { title: { key: 'merge-many.title-refused' }, steps: [] } });
  });
});

const pick = ({ survivor, duplicates }: { survivor: string; duplicates: string[] }) => ({ survivor, duplicates });
