import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { createAccessRule } from '#lib/omni/resources/access.ts';
import { patchPerson } from '#lib/omni/resources/persons.ts';
import { listRoutes, patchRoute } from '#lib/omni/resources/routes.ts';
import type { Entry } from '#lib/operations/journal/entry.ts';
import { readEntry } from '#lib/operations/journal/journal.ts';
import { preview } from '#lib/operations/plan/preview.ts';
import { resume, start } from '#lib/operations/run/run.ts';
import { previewAgain } from '#lib/operations/receipt/undo.ts';
import { carryOut, personRows } from '#lib/persons/testing/bed.ts';
import { dressedPair, forgetRules, plainMerge, startScene, WHATSAPP, type Scene } from '#lib/persons/testing/scene.ts';
import { must } from '#lib/persons/testing/watched-merge.ts';

const MERGE = { method: 'POST', path: '/persons/merge' } as const;

let scene: Scene;
beforeAll(async () => {
  vi.stubEnv('STORE_KEYS', `1:${'k'.repeat(32)}`);
  scene = await startScene();
});
afterEach(() => forgetRules(scene));
afterAll(async () => {
  await scene.db.destroy();
  await scene.sandbox.stop();
});

async function refusedMerge(goes: string, stays: string): Promise<Entry> {
  await scene.control.fault({ kind: 'status', status: 403, ...MERGE });
  const entry = await carryOut(scene.runner, 'persons.merge', plainMerge(goes, stays));
  await scene.control.clearFaults();
  expect(entry.status).toBe('failed');
  return entry;
}

async function goOn(entry: Entry): Promise<Entry | null> {
  const again = await resume(scene.runner, entry.id);
  if (again.is !== 'started') throw new Error(again.is);
  await again.job;
  return readEntry(scene.db, entry.id);
}

const merges = async () =>
  (await scene.control.calls()).items.filter(({ path }) => path.endsWith('/persons/merge')).length;

/** What somebody else does to the person who goes while a merge stands still. */
const CHANGES = {
  'merge.changed-rules': (goes: string) =>
    must(
      createAccessRule(scene.omni, {
        ruleType: 'deny',
        personId: goes,
        phonePattern: `+5577${Date.now()}*`,
        reason: 'x',
      }),
    ),
  'merge.changed-routes': async (goes: string, instanceId: string) => {
    const route = (await must(listRoutes(scene.omni, instanceId))).find(({ personId }) => personId === goes);
    await must(patchRoute(scene.omni, instanceId, String(route?.id), { label: 'mudada' }));
  },
  'merge.changed-fields': (goes: string) => must(patchPerson(scene.omni, goes, { metadata: { plano: 'prata' } })),
  'merge.changed-identities': (goes: string) =>
    scene.control.rows({ platform_identities: [{ personId: goes, instanceId: WHATSAPP }] }),
};

test.each(Object.entries(CHANGES))('a merge is not gone on with after %s', async (why, change) => {
  const { goes, stays, dressed } = await dressedPair(scene);
  const entry = await refusedMerge(goes, stays);
  await change(goes, dressed.instances[0]);
  await scene.control.clearCalls();
  const stopped = await goOn(entry);
  expect(stopped?.body.problem).toEqual({ code: 'changed_meanwhile', why: { key: why } });
  expect(await merges()).toBe(0);

  const again = await previewAgain(scene.runner, entry.id);
  if (!again.ok || again.plan.refusal) throw new Error('no new preview');
  const started = await start(scene.runner, again.token);
  if (started.is !== 'started') throw new Error(started.is);
  await started.job;
  expect((await readEntry(scene.db, started.entryId))?.status).toBe('done');
});

test('a merge that nothing came between is gone on with, and sent once', async () => {
  const { goes, stays } = await dressedPair(scene);
  const entry = await refusedMerge(goes, stays);
  await scene.control.clearCalls();
  expect((await goOn(entry))?.status).toBe('done');
  expect(await merges()).toBe(1);
});

test('while a merge runs, nobody switches a route that hangs on it', async () => {
  const { goes, stays, dressed } = await dressedPair(scene);
  const route = (await must(listRoutes(scene.omni, dressed.instances[0]))).find(({ personId }) => personId === goes);
  const wish = { instanceId: dressed.instances[0], id: String(route?.id), active: false };
  const [joining, switching] = [
    await preview(scene.runner, 'persons.merge', plainMerge(goes, stays)),
    await preview(scene.runner, 'routes.activate', wish),
  ];
  if (!joining.ok || !switching.ok) throw new Error('no preview');
  await scene.control.fault({ kind: 'latency', ms: 300, ...MERGE });
  const joined = await start(scene.runner, joining.token);
  const switched = await start(scene.runner, switching.token);
  expect([joined.is, switched.is]).toEqual(['started', 'busy']);
  if (joined.is === 'started') await joined.job;
  await scene.control.clearFaults();
});

test('a colleague’s edit is told, not overwritten, and a key of metadata they added stays', async () => {
  const [one] = [
    personRows({ displayName: 'Ana Maria', metadata: JSON.stringify({ a: 1 }) }, [{ instanceId: WHATSAPP }]),
  ];
  await scene.control.rows({ persons: [one.person], platform_identities: one.rows });
  const edit = (changes: object, expects: object) =>
    preview(scene.runner, 'persons.edit', { id: one.id, changes, expects });
  await must(patchPerson(scene.omni, one.id, { displayName: 'Ana M.', metadata: { a: 1, crm: '42' } }));
  const clash = await edit({ displayName: 'Ana Souza' }, { displayName: 'Ana Maria' });
  expect(clash.ok && clash.plan.refusal).toMatchObject({ key: 'edit.clash', values: { now: 'Ana M.' } });
  await carryOut(scene.runner, 'persons.edit', {
    id: one.id,
    changes: { metadata: { a: 2 } },
    expects: { metadata: { a: 1 } },
  });
  const [row] = await scene.control.sql('SELECT metadata FROM persons WHERE id = ?', [one.id]);
  expect(JSON.parse(String(row?.metadata))).toEqual({ a: 2, crm: '42' });
});
