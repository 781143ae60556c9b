import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { omniFor } from '#lib/operations/testing/bed.ts';
import { carryOut, undoEntry } from '#lib/operations/testing/runs.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { preview, type Runner } from '#lib/operations/plan/preview.ts';
import { openStore, type Store } from '#lib/store/database.ts';
import { createControl, type Control } from '../../../sandbox/wire/control/control-client.ts';
import { startSandbox, type Sandbox } from '../../../sandbox/wire/server.ts';
import { personRows, runnerOfPersons } from '#lib/persons/testing/bed.ts';
import { dress, portrait } from '#lib/persons/testing/watched-merge.ts';

const WHATSAPP = '11111111-1111-4111-8111-111111111111';
let sandbox: Sandbox;
let control: Control;
let db: Store;
let runner: Runner;
let omni: Omni;

beforeAll(async () => {
  vi.stubEnv('STORE_KEYS', `1:${'k'.repeat(32)}`);
  sandbox = await startSandbox({ port: 0, persons: 120 });
  control = createControl(sandbox.url);
  await control.rateLimit(1_000_000);
  db = await openStore({ file: ':memory:' });
  runner = runnerOfPersons(db, sandbox.url, sandbox.keys.admin);
  omni = omniFor(sandbox.url, sandbox.keys.admin);
});
afterAll(async () => {
  await db.destroy();
  await sandbox.stop();
});

async function people(...all: { fields?: Record<string, unknown>; identities?: number }[]): Promise<string[]> {
  const created = all.map(({ fields = {}, identities = 1 }) =>
    personRows(
      { displayName: `Pessoa ${randomUUID().slice(0, 4)}`, ...fields },
      Array.from({ length: identities }, () => ({ instanceId: WHATSAPP, messageCount: 3 })),
    ),
  );
  await control.rows({
    persons: created.map(({ person }) => person),
    platform_identities: created.flatMap(({ rows }) => rows),
  });
  return created.map(({ id }) => id);
}

test('persons.merge-many: four people become one, and undo recreates them as they were', async () => {
  const all = await people({ identities: 2, fields: { displayName: null } }, { identities: 2 }, {}, { identities: 3 });
  const [survivor = '', dressedOne = '', ...others] = all;
  const dressed = await dress(omni, dressedOne);
  const before = await Promise.all(all.map((id) => portrait(omni, id, dressed)));
  const duplicates = [dressedOne, ...others];
  const entry = await carryOut(runner, 'persons.merge-many', { survivor, duplicates, reason: '' });
  expect(entry.body.receipt?.checks.filter(({ held }) => held !== true)).toEqual([]);
  expect(entry.status).toBe('done');
  const merged = await portrait(omni, survivor, dressed);
  expect(merged.identities).toEqual(before.flatMap(({ identities }) => identities).sort());
  expect(merged.fields).toEqual(before[1]?.fields);
  expect(merged).toMatchObject({ rules: before[1]?.rules, routes: before[1]?.routes });
  expect(await Promise.all(duplicates.map(async (id) => (await portrait(omni, id, dressed)).there))).toEqual([
    false,
    false,
    false,
  ]);

  const undone = await undoEntry(runner, entry.id);
  expect(undone.body.receipt?.checks.filter(({ held }) => held !== true)).toEqual([]);
  expect(undone.status).toBe('done');
  const back = duplicates.map((id) => String(undone.steps.find((step) => step.id === `new-person:${id}`)?.result));
  expect(await Promise.all(back.map((id) => portrait(omni, id, dressed)))).toEqual(before.slice(1));
  // A name cannot be cleared (contract §3): the preview says so.
  expect(await portrait(omni, survivor, dressed)).toEqual({
    ...before[0],
    fields: { ...before[0]?.fields, displayName: 'Registro Duplicado' },
  });
  expect(undone.body.plan.warnings).toContainEqual(
    expect.objectContaining({ key: 'merge-undo.kept-unwritable-displayName' }),
  );
  expect((await undoEntry(runner, undone.id)).status).toBe('done');
  expect((await portrait(omni, survivor, dressed)).identities).toEqual(merged.identities);
});

test('persons.merge-many: the first failure ends the chain; merges before it are done, the rest are as they were', async () => {
  const [survivor = '', first = '', second = '', third = ''] = await people({}, {}, {}, {});
  await control.fault({ kind: 'status', status: 500, method: 'POST', path: '/persons/merge$', nth: 2 });
  const entry = await carryOut(runner, 'persons.merge-many', {
    survivor,
    duplicates: [first, second, third],
    reason: '',
  });
  await control.clearFaults();
  expect(entry.status).toBe('failed');
  const rows = await control.sql('SELECT id FROM persons WHERE id IN (?, ?, ?)', [first, second, third]);
  expect(rows.map(({ id }) => id).sort()).toEqual([second, third].sort());
});

test('persons.merge-many: one who cannot be merged refuses the whole, by name; nobody is merged into themselves', async () => {
  const [survivor = '', first = '', bare = ''] = await people(
    {},
    {},
    { identities: 0, fields: { displayName: 'Sem Nada' } },
  );
  const seen = await preview(runner, 'persons.merge-many', { survivor, duplicates: [first, bare], reason: '' });
  expect(seen.ok && seen.plan).toMatchObject({
    refusal: { key: 'merge.refused-no-identities', values: { name: 'Sem Nada' } },
    data: { refused: [{ duplicate: bare, why: { key: 'merge.refused-no-identities' } }] },
    title: { values: { name: 'Sem Nada' } },
    steps: [],
  });
  for (const duplicates of [[survivor], [first, first], [first, survivor.toUpperCase()]]) {
    const self = await preview(runner, 'persons.merge-many', { survivor, duplicates, reason: '' });
    expect(self.ok && self.plan.refusal?.key).toBe('merge.refused-self');
  }
  expect(await preview(runner, 'persons.merge-many', { survivor, duplicates: [], reason: '' })).toMatchObject({
    ok: false,
  });
});
