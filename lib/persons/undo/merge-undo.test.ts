import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Omni } from '#lib/omni/door/omni.ts';
import { mergePersons, patchPerson } from '#lib/omni/resources/persons.ts';
import { preview, type Runner } from '#lib/operations/plan/preview.ts';
import { undoPreview } from '#lib/operations/receipt/undo.ts';
import { openStore, type Store } from '#lib/store/database.ts';
import { createControl, type Control } from '../../../sandbox/wire/control/control-client.ts';
import { startSandbox, type Sandbox } from '../../../sandbox/wire/server.ts';
import { carryOut, handleFor, personRows, runnerOfPersons, takeBack } from '#lib/persons/testing/bed.ts';
import { dress, must, portrait, watch } from '#lib/persons/testing/watched-merge.ts';

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
  omni = handleFor(sandbox.url, sandbox.keys.admin);
});
/** Later dressings look for an instance that lets a number in which these rules block. */
const forgetRules = () => control.write("DELETE FROM access_rules WHERE reason LIKE 'spam%'", []);
afterEach(forgetRules);
afterAll(async () => {
  await db.destroy();
  await sandbox.stop();
});

async function pair(goes = 3, stays = 1): Promise<[string, string]> {
  const all = [goes, stays].map((count, index) =>
    personRows(
      { displayName: `Pessoa ${index} ${randomUUID().slice(0, 4)}` },
      Array.from({ length: count }, () => ({ instanceId: WHATSAPP, messageCount: 3 })),
    ),
  );
  await control.rows({
    persons: all.map(({ person }) => person),
    platform_identities: all.flatMap(({ rows }) => rows),
  });
  return [all[0]?.id ?? '', all[1]?.id ?? ''];
}

const merge = (goes: string, stays: string, fields = {}) => ({ goes, stays, reason: '', fields, routes: {} });
const back = (entry: { steps: readonly { id: string; result?: unknown }[] }) =>
  String(entry.steps.find(({ id }) => id.startsWith('first:'))?.result);

test('the watcher would see it: a bare merge lets who is blocked in', async () => {
  const [goes, stays] = await pair();
  const dressed = await dress(omni, goes);
  const watcher = watch(omni, dressed);
  await must(mergePersons(omni, { sourcePersonId: goes, targetPersonId: stays }));
  await expect.poll(() => watcher.allowed()).toBeGreaterThan(0);
  await watcher.stop();
});

test('what was done is joined again, and taken back once more', async () => {
  const [goes, stays] = await pair(2, 2);
  const dressed = await dress(omni, goes);
  const joined = await carryOut(runner, 'persons.merge', merge(goes, stays, { primaryPhone: 'goes' }));
  const after = await portrait(omni, stays, dressed);
  const undone = await takeBack(runner, joined.id);
  expect(await undoPreview(runner, joined.id)).toMatchObject({ ok: false, problem: { code: 'undone_already' } });
  const again = await takeBack(runner, undone.id);
  expect(again.status).toBe('done');
  expect(await portrait(omni, stays, dressed)).toEqual(after);
});

test('what changed since is left alone, and said', async () => {
  const [goes, stays] = await pair(2, 1);
  const dressed = await dress(omni, goes);
  const phone = (await portrait(omni, goes, dressed)).fields?.primaryPhone ?? '';
  const entry = await carryOut(
    runner,
    'persons.merge',
    merge(goes, stays, { displayName: 'goes', primaryPhone: 'goes' }),
  );
  await must(patchPerson(omni, stays, { displayName: 'Outro Nome', primaryPhone: null }));
  const [other] = await pair(1, 1);
  await must(patchPerson(omni, other, { primaryPhone: phone }));
  await control.write('UPDATE agent_routes SET label = ? WHERE person_id = ? AND label = ?', ['nova', stays, 'uma']);
  const seen = await undoPreview(runner, entry.id);
  expect(seen.ok && seen.plan.warnings.map(({ key }) => key)).toEqual([
    'unmerge.phone-taken',
    'unmerge.route-changed',
    'unmerge.kept-changed-displayName',
  ]);
  expect(seen.ok && seen.plan.losses.map(({ key }) => key)).toEqual(['unmerge.new-id', 'unmerge.history']);
  const undone = await takeBack(runner, entry.id);
  expect(undone.status).toBe('done');
  expect((await portrait(omni, stays, dressed)).fields?.displayName).toBe('Outro Nome');
  expect((await portrait(omni, back(undone), dressed)).fields).toMatchObject({
    displayName: 'Quem Sai',
    primaryPhone: null,
  });
  expect((await portrait(omni, stays, dressed)).routes).toMatchObject([{ label: 'nova' }]);
});

test('nothing is left to take out, or who stayed is gone: refused', async () => {
  const [goes, stays] = await pair(1, 1);
  const entry = await carryOut(runner, 'persons.merge', merge(goes, stays));
  const [next] = await pair(1, 1);
  const second = await carryOut(runner, 'persons.merge', merge(stays, next));
  const seen = await undoPreview(runner, entry.id);
  expect(seen.ok && seen.plan.refusal?.key).toBe('unmerge.refused-gone');
  expect((await takeBack(runner, second.id)).status).toBe('done');
});

test('a separation that was put back can be separated again', async () => {
  const [person] = await pair(2, 1);
  const [row] = await control.sql('SELECT id FROM platform_identities WHERE person_id = ?', [person]);
  const identityId = String(row?.id);
  const entry = await carryOut(runner, 'persons.unlink', {
    personId: person,
    identityId,
    fill: { displayName: 'Nova' },
  });
  const putBack = await takeBack(runner, entry.id);
  const again = await takeBack(runner, putBack.id);
  expect(again.status).toBe('done');
  const [now] = await control.sql(
    'SELECT p.display_name AS name FROM platform_identities i JOIN persons p ON p.id = i.person_id WHERE i.id = ?',
    [identityId],
  );
  expect(now?.name).toBe('Nova');
});

test.each(['before', 'after'])('each write of an undo cut %s is settled by looking', async (when) => {
  const writes = [
    'PATCH /persons/',
    'POST /persons/unlink',
    'POST /persons/link',
    'POST /access/rules',
    'DELETE /access/rules',
    '/routes$',
    'DELETE /.*routes/',
    'PATCH .*routes/',
  ];
  let cut = 0;
  for (const pattern of writes) {
    const [goes, stays] = await pair(2, 1);
    const dressed = await dress(omni, goes);
    const theirs = await portrait(omni, goes, dressed);
    const entry = await carryOut(runner, 'persons.merge', merge(goes, stays, { primaryPhone: 'goes' }));
    const [method, path] = pattern.includes(' ') ? pattern.split(' ') : ['POST', pattern];
    await control.fault({ kind: 'cut', when, method, path } as never);
    const undone = await takeBack(runner, entry.id);
    await control.clearFaults();
    cut += 1;
    expect([pattern, undone.status]).toEqual([pattern, when === 'after' ? 'done' : 'failed']);
    if (when === 'after') expect(await portrait(omni, back(undone), dressed)).toEqual(theirs);
    await forgetRules();
  }
  process.stderr.write(`undo of a merge: ${cut} writes cut ${when}, each receipt true\n`);
});

test('a forged input cannot take out what is not theirs', async () => {
  const [goes, stays] = await pair(1, 1);
  const nobody = {
    was: goes,
    fields: {},
    identities: [{ id: randomUUID(), platformUserId: 'x' }],
    rules: [],
    routes: [],
    owned: [],
  };
  const seen = await preview(runner, 'persons.unmerge', { stays, people: [nobody], fields: [], replaced: [] });
  expect(seen.ok && seen.plan.refusal?.key).toBe('unmerge.refused-none');
  expect(await preview(runner, 'persons.unmerge', { stays, people: [] })).toMatchObject({ ok: false });
});
