import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { carryOut } from '#lib/operations/testing/runs.ts';
import { createAccessRule } from '#lib/omni/resources/access.ts';
import { patchPerson } from '#lib/omni/resources/persons.ts';
import { listRoutes, patchRoute } from '#lib/omni/resources/routes.ts';
import type { Entry } from '#lib/operations/journal/entry.ts';
import { readEntry } from '#lib/operations/journal/journal.ts';
import { preview } from '#lib/operations/plan/preview.ts';
import { resume, start } from '#lib/operations/run/run.ts';
import { previewAgain } from '#lib/operations/receipt/undo.ts';
import { personRows } from '#lib/persons/testing/bed.ts';
import {
  dressedPair,
  removeRules,
  plainMerge,
  startScene,
  WHATSAPP,
  type PersonsScene,
} from '#lib/persons/testing/scene.ts';
import { must } from '#lib/persons/testing/watched-merge.ts';

const MERGE = { method: 'POST', path: '/persons/merge' } as const;

let scene: PersonsScene;
beforeAll(async () => {
  vi.stubEnv('STORE_KEYS', `1:${'k'.repeat(32)}`);
  scene = await startScene();
});
afterEach(() => removeRules(scene));
afterAll(async () => {
  await scene.db.destroy();
  await scene.sandbox.stop();
});

async function refusedMerge(duplicate: string, survivor: string): Promise<Entry> {
  await scene.control.fault({ kind: 'status', status: 403, ...MERGE });
  const entry = await carryOut(scene.runner, 'persons.merge', plainMerge(duplicate, survivor));
  await scene.control.clearFaults();
  expect(entry.status).toBe('failed');
  return entry;
}

async function finish(entry: Entry): Promise<Entry | null> {
  const again = await resume(scene.runner, entry.id);
  if (again.is !== 'started') throw new Error(again.is);
  await again.job;
  return readEntry(scene.db, entry.id);
}

const merges = async () =>
  (await scene.control.calls()).items.filter(({ path }) => path.endsWith('/persons/merge')).length;

/** What somebody else changes about the duplicate while a merge is stopped. */
const CHANGES = {
  'merge.changed-rules': (duplicate: string) =>
    must(
      createAccessRule(scene.omni, {
        ruleType: 'deny',
        personId: duplicate,
        phonePattern: `+5577${Date.now()}*`,
        reason: 'x',
      }),
    ),
  'merge.changed-routes': async (duplicate: string, instanceId: string) => {
    const route = (await must(listRoutes(scene.omni, instanceId))).find(({ personId }) => personId === duplicate);
    await must(patchRoute(scene.omni, instanceId, String(route?.id), { label: 'mudada' }));
  },
  'merge.changed-fields': (duplicate: string) =>
    must(patchPerson(scene.omni, duplicate, { metadata: { plano: 'prata' } })),
  'merge.changed-identities': (duplicate: string) =>
    scene.control.rows({ platform_identities: [{ personId: duplicate, instanceId: WHATSAPP }] }),
};

test.each(Object.entries(CHANGES))('persons.merge: not finished after %s', async (why, change) => {
  const { duplicate, survivor, dressed } = await dressedPair(scene);
  const entry = await refusedMerge(duplicate, survivor);
  await change(duplicate, dressed.instances[0]);
  await scene.control.clearCalls();
  const stopped = await finish(entry);
  expect(stopped?.body.problem).toEqual({ code: 'changed_meanwhile', why: { key: why } });
  expect(await merges()).toBe(0);

  const again = await previewAgain(scene.runner, entry.id);
  if (!again.ok || again.plan.refusal) throw new Error('no new preview');
  const started = await start(scene.runner, again.token);
  if (started.is !== 'started') throw new Error(started.is);
  await started.job;
  expect((await readEntry(scene.db, started.entryId))?.status).toBe('done');
});

test('persons.merge: finished when nothing has changed, and sent once', async () => {
  const { duplicate, survivor } = await dressedPair(scene);
  const entry = await refusedMerge(duplicate, survivor);
  await scene.control.clearCalls();
  expect((await finish(entry))?.status).toBe('done');
  expect(await merges()).toBe(1);
});

test('persons.merge: while it runs, nobody deactivates a route of the duplicate', async () => {
  const { duplicate, survivor, dressed } = await dressedPair(scene);
  const route = (await must(listRoutes(scene.omni, dressed.instances[0]))).find(
    ({ personId }) => personId === duplicate,
  );
  const input = { instanceId: dressed.instances[0], id: String(route?.id), active: false };
  const [merging, switching] = [
    await preview(scene.runner, 'persons.merge', plainMerge(duplicate, survivor)),
    await preview(scene.runner, 'routes.activate', input),
  ];
  if (!merging.ok || !switching.ok) throw new Error('no preview');
  await scene.control.fault({ kind: 'latency', ms: 300, ...MERGE });
  const merged = await start(scene.runner, merging.token);
  const switched = await start(scene.runner, switching.token);
  expect([merged.is, switched.is]).toEqual(['started', 'busy']);
  if (merged.is === 'started') await merged.job;
  await scene.control.clearFaults();
});

test('persons.edit: a colleague’s edit is named, not overwritten, and a key of metadata they added stays', async () => {
  const [one] = [
    personRows({ displayName: 'Ana Maria', metadata: JSON.stringify({ a: 1 }) }, [{ instanceId: WHATSAPP }]),
  ];
  await scene.control.rows({ persons: [one.person], platform_identities: one.rows });
  const edit = (changes: object, expects: object) =>
    preview(scene.runner, 'persons.edit', { id: one.id, changes, expects });
  await must(patchPerson(scene.omni, one.id, { displayName: 'Ana M.', metadata: { a: 1, crm: '42' } }));
  const clash = await edit({ displayName: 'Ana Souza' }, { displayName: 'Ana Maria' });
  expect(clash.ok && clash.plan.refusal).toMatchObject({
    key: 'edit.clash',
    values: { now: { is: 'text', text: 'Ana M.' } },
  });
  await carryOut(scene.runner, 'persons.edit', {
    id: one.id,
    changes: { metadata: { a: 2 } },
    expects: { metadata: { a: 1 } },
  });
  const [row] = await scene.control.sql('SELECT metadata FROM persons WHERE id = ?', [one.id]);
  expect(JSON.parse(String(row?.metadata))).toEqual({ a: 2, crm: '42' });
});
