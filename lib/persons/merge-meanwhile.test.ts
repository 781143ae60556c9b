import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { createAccessRule } from '#lib/omni/access.ts';
import type { Omni } from '#lib/omni/omni.ts';
import { patchPerson } from '#lib/omni/persons.ts';
import { listRoutes, patchRoute } from '#lib/omni/routes.ts';
import type { Entry } from '#lib/operations/entry.ts';
import { readEntry } from '#lib/operations/journal.ts';
import { preview, type Runner } from '#lib/operations/preview.ts';
import { resume, start } from '#lib/operations/run.ts';
import { previewAgain } from '#lib/operations/undo.ts';
import { activateRoute } from '#lib/routes/activate.ts';
import { openStore, type Store } from '#lib/store/database.ts';
import { createControl, type Control } from '../../sandbox/control-client.ts';
import { startSandbox, type Sandbox } from '../../sandbox/server.ts';
import { carryOut, handleFor, personRows, runnerOfPersons } from './testing/bed.ts';
import { dress, must } from './testing/watched-merge.ts';

const WHATSAPP = '11111111-1111-4111-8111-111111111111';
const MERGE = { method: 'POST', path: '/persons/merge' } as const;

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
  runner.operations = new Map([...runner.operations, [activateRoute.name, activateRoute]]);
  omni = handleFor(sandbox.url, sandbox.keys.admin);
});
/** Later dressings look for an instance that lets a number in which these rules block. */
afterEach(() => control.write("DELETE FROM access_rules WHERE reason LIKE 'spam%'", []));
afterAll(async () => {
  await db.destroy();
  await sandbox.stop();
});

async function dressedPair() {
  const all = [2, 1].map((count) =>
    personRows(
      { displayName: `Pessoa ${randomUUID().slice(0, 4)}` },
      Array.from({ length: count }, () => ({ instanceId: WHATSAPP })),
    ),
  );
  await control.rows({
    persons: all.map(({ person }) => person),
    platform_identities: all.flatMap(({ rows }) => rows),
  });
  const [goes, stays] = all.map(({ id }) => id) as [string, string];
  const { instances } = await dress(omni, goes);
  return { goes, stays, instances };
}

const merge = (goes: string, stays: string) => ({ goes, stays, reason: '', fields: {}, routes: {} });

async function refusedMerge(goes: string, stays: string): Promise<Entry> {
  await control.fault({ kind: 'status', status: 403, ...MERGE });
  const entry = await carryOut(runner, 'persons.merge', merge(goes, stays));
  await control.clearFaults();
  expect(entry.status).toBe('failed');
  return entry;
}

async function goOn(entry: Entry): Promise<Entry | null> {
  const again = await resume(runner, entry.id);
  if (again.is !== 'started') throw new Error(again.is);
  await again.job;
  return readEntry(db, entry.id);
}

const merges = async () => (await control.calls()).items.filter(({ path }) => path.endsWith('/persons/merge')).length;

/** What somebody else does to the person who goes while a merge stands still. */
const CHANGES = {
  'merge.changed-rules': (goes: string) =>
    must(
      createAccessRule(omni, { ruleType: 'deny', personId: goes, phonePattern: `+5577${Date.now()}*`, reason: 'x' }),
    ),
  'merge.changed-routes': async (goes: string, instanceId: string) => {
    const route = (await must(listRoutes(omni, instanceId))).find(({ personId }) => personId === goes);
    await must(patchRoute(omni, instanceId, String(route?.id), { label: 'mudada' }));
  },
  'merge.changed-fields': (goes: string) => must(patchPerson(omni, goes, { metadata: { plano: 'prata' } })),
  'merge.changed-identities': (goes: string) =>
    control.rows({ platform_identities: [{ personId: goes, instanceId: WHATSAPP }] }),
};

test.each(Object.entries(CHANGES))('a merge is not gone on with after %s', async (why, change) => {
  const { goes, stays, instances } = await dressedPair();
  const entry = await refusedMerge(goes, stays);
  await change(goes, instances[0]);
  await control.clearCalls();
  const stopped = await goOn(entry);
  expect(stopped?.body.problem).toEqual({ code: 'changed_meanwhile', why: { key: why } });
  expect(await merges()).toBe(0);

  const again = await previewAgain(runner, entry.id);
  if (!again.ok || again.plan.refusal) throw new Error('no new preview');
  const started = await start(runner, again.token);
  if (started.is !== 'started') throw new Error(started.is);
  await started.job;
  expect((await readEntry(db, started.entryId))?.status).toBe('done');
});

test('a merge that nothing came between is gone on with, and sent once', async () => {
  const { goes, stays } = await dressedPair();
  const entry = await refusedMerge(goes, stays);
  await control.clearCalls();
  expect((await goOn(entry))?.status).toBe('done');
  expect(await merges()).toBe(1);
});

test('while a merge runs, nobody switches a route that hangs on it', async () => {
  const { goes, stays, instances } = await dressedPair();
  const route = (await must(listRoutes(omni, instances[0]))).find(({ personId }) => personId === goes);
  const wish = { instanceId: instances[0], id: String(route?.id), active: false };
  const [joining, switching] = [
    await preview(runner, 'persons.merge', merge(goes, stays)),
    await preview(runner, 'routes.activate', wish),
  ];
  if (!joining.ok || !switching.ok) throw new Error('no preview');
  await control.fault({ kind: 'latency', ms: 300, ...MERGE });
  const joined = await start(runner, joining.token);
  const switched = await start(runner, switching.token);
  expect([joined.is, switched.is]).toEqual(['started', 'busy']);
  if (joined.is === 'started') await joined.job;
  await control.clearFaults();
});

test('a colleague’s edit is told, not overwritten, and a key of metadata they added stays', async () => {
  const [one] = [
    personRows({ displayName: 'Ana Maria', metadata: JSON.stringify({ a: 1 }) }, [{ instanceId: WHATSAPP }]),
  ];
  await control.rows({ persons: [one.person], platform_identities: one.rows });
  const edit = (changes: object, expects: object) => preview(runner, 'persons.edit', { id: one.id, changes, expects });
  await must(patchPerson(omni, one.id, { displayName: 'Ana M.', metadata: { a: 1, crm: '42' } }));
  const clash = await edit({ displayName: 'Ana Souza' }, { displayName: 'Ana Maria' });
  expect(clash.ok && clash.plan.refusal).toMatchObject({ key: 'edit.clash', values: { now: 'Ana M.' } });
  await carryOut(runner, 'persons.edit', {
    id: one.id,
    changes: { metadata: { a: 2 } },
    expects: { metadata: { a: 1 } },
  });
  const [row] = await control.sql('SELECT metadata FROM persons WHERE id = ?', [one.id]);
  expect(JSON.parse(String(row?.metadata))).toEqual({ a: 2, crm: '42' });
});
