import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { omniFor } from '#lib/operations/testing/bed.ts';
import { carryOut, undoEntry } from '#lib/operations/testing/runs.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { mergePersons, patchPerson } from '#lib/omni/resources/persons.ts';
import { preview, type Runner } from '#lib/operations/plan/preview.ts';
import { undoPreview } from '#lib/operations/receipt/undo.ts';
import { openStore, type Store } from '#lib/store/database.ts';
import { createControl, type Control } from '../../../sandbox/wire/control/control-client.ts';
import { startSandbox, type Sandbox } from '../../../sandbox/wire/server.ts';
import { personRows, runnerOfPersons } from '#lib/persons/testing/bed.ts';
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
  omni = omniFor(sandbox.url, sandbox.keys.admin);
});
/** The next `dress` needs an instance where its numbers are not blocked yet. */
const removeRules = () => control.write("DELETE FROM access_rules WHERE reason LIKE 'spam%'", []);
afterEach(removeRules);
afterAll(async () => {
  await db.destroy();
  await sandbox.stop();
});

async function pair(duplicate = 3, survivor = 1): Promise<[string, string]> {
  const all = [duplicate, survivor].map((count, index) =>
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

const merge = (duplicate: string, survivor: string, fields = {}) => ({
  duplicate,
  survivor,
  reason: '',
  fields,
  routes: {},
});
const back = (entry: { steps: readonly { id: string; result?: unknown }[] }) =>
  String(entry.steps.find(({ id }) => id.startsWith('new-person:'))?.result);

test('the watcher of persons.merge notices: a bare merge in Omni unblocks a blocked person', async () => {
  const [duplicate, survivor] = await pair();
  const dressed = await dress(omni, duplicate);
  const watcher = await watch(omni, dressed);
  await must(mergePersons(omni, { sourcePersonId: duplicate, targetPersonId: survivor }));
  await expect.poll(() => watcher.wrong()).toBeGreaterThan(0);
  await watcher.stop();
});

test('persons.merge-undo: undone itself, the two are merged again as before', async () => {
  const [duplicate, survivor] = await pair(2, 2);
  const dressed = await dress(omni, duplicate);
  const merged = await carryOut(runner, 'persons.merge', merge(duplicate, survivor, { primaryPhone: 'duplicate' }));
  const after = await portrait(omni, survivor, dressed);
  const undone = await undoEntry(runner, merged.id);
  expect(await undoPreview(runner, merged.id)).toMatchObject({ ok: false, problem: { code: 'undone_already' } });
  const again = await undoEntry(runner, undone.id);
  expect(again.status).toBe('done');
  expect(await portrait(omni, survivor, dressed)).toEqual(after);
});

test('persons.merge-undo: what was edited since is left as it is, and named', async () => {
  const [duplicate, survivor] = await pair(2, 1);
  const dressed = await dress(omni, duplicate);
  const phone = (await portrait(omni, duplicate, dressed)).fields?.primaryPhone ?? '';
  const entry = await carryOut(
    runner,
    'persons.merge',
    merge(duplicate, survivor, { displayName: 'duplicate', primaryPhone: 'duplicate' }),
  );
  await must(patchPerson(omni, survivor, { displayName: 'Outro Nome', primaryPhone: null }));
  const [other] = await pair(1, 1);
  await must(patchPerson(omni, other, { primaryPhone: phone }));
  await control.write('UPDATE agent_routes SET label = ? WHERE person_id = ? AND label = ?', ['nova', survivor, 'uma']);
  const seen = await undoPreview(runner, entry.id);
  expect(seen.ok && seen.plan.warnings.map(({ key }) => key)).toEqual([
    'merge-undo.phone-taken',
    'merge-undo.route-changed',
    'merge-undo.history',
    'merge-undo.kept-changed-displayName',
  ]);
  expect(seen.ok && [seen.plan.losses, seen.plan.moves.map(({ key }) => key)]).toEqual([
    [],
    expect.arrayContaining(['effect.person-again', 'effect.identities-back']),
  ]);
  const undone = await undoEntry(runner, entry.id);
  expect(undone.status).toBe('done');
  expect((await portrait(omni, survivor, dressed)).fields?.displayName).toBe('Outro Nome');
  expect((await portrait(omni, back(undone), dressed)).fields).toMatchObject({
    displayName: 'Registro Duplicado',
    primaryPhone: null,
  });
  expect((await portrait(omni, survivor, dressed)).routes).toMatchObject([{ label: 'nova' }]);
});

test('persons.merge-undo: refused when the kept person is gone', async () => {
  const [duplicate, survivor] = await pair(1, 1);
  const entry = await carryOut(runner, 'persons.merge', merge(duplicate, survivor));
  const [next] = await pair(1, 1);
  const second = await carryOut(runner, 'persons.merge', merge(survivor, next));
  const seen = await undoPreview(runner, entry.id);
  expect(seen.ok && seen.plan.refusal?.key).toBe('merge-undo.refused-gone');
  expect((await undoEntry(runner, second.id)).status).toBe('done');
});

test('persons.unlink-undo: undone itself, the identity is unlinked again', async () => {
  const [person] = await pair(2, 1);
  const [row] = await control.sql('SELECT id FROM platform_identities WHERE person_id = ?', [person]);
  const identityId = String(row?.id);
  const entry = await carryOut(runner, 'persons.unlink', {
    personId: person,
    identityId,
    fill: { displayName: 'Nova' },
  });
  const linkedAgain = await undoEntry(runner, entry.id);
  const again = await undoEntry(runner, linkedAgain.id);
  expect(again.status).toBe('done');
  const [now] = await control.sql(
    'SELECT p.display_name AS name FROM platform_identities i JOIN persons p ON p.id = i.person_id WHERE i.id = ?',
    [identityId],
  );
  expect(now?.name).toBe('Nova');
});

test.each(['before', 'after'])('persons.merge-undo: after each write cut %s, reading again decides', async (when) => {
  const writes = [
    'PATCH /persons/',
    'POST /persons/unlink',
    'POST /persons/link',
    'PATCH /access/rules/',
    '/routes$',
    'DELETE /.*routes/',
    'PATCH .*routes/',
  ];
  let cut = 0;
  for (const pattern of writes) {
    const [duplicate, survivor] = await pair(2, 1);
    const dressed = await dress(omni, duplicate);
    const theirs = await portrait(omni, duplicate, dressed);
    const entry = await carryOut(runner, 'persons.merge', merge(duplicate, survivor, { primaryPhone: 'duplicate' }));
    const [method, path] = pattern.includes(' ') ? pattern.split(' ') : ['POST', pattern];
    await control.fault({ kind: 'cut', when, method, path });
    const undone = await undoEntry(runner, entry.id);
    await control.clearFaults();
    cut += 1;
    expect([pattern, undone.status]).toEqual([pattern, when === 'after' ? 'done' : 'unconfirmed']);
    if (when === 'after') expect(await portrait(omni, back(undone), dressed)).toEqual(theirs);
    await removeRules();
  }
  process.stderr.write(`undo of a merge: ${cut} writes cut ${when}, each receipt true\n`);
});

test('persons.merge-undo: a forged input cannot unlink what the person does not hold', async () => {
  const [duplicate, survivor] = await pair(1, 1);
  const nobody = {
    was: duplicate,
    fields: {},
    identities: [{ id: randomUUID(), platformUserId: 'x' }],
    rules: [],
    routes: [],
    owned: [],
  };
  const seen = await preview(runner, 'persons.merge-undo', { survivor, people: [nobody], fields: [], replaced: [] });
  expect(seen.ok && seen.plan.refusal?.key).toBe('merge-undo.refused-none');
  expect(await preview(runner, 'persons.merge-undo', { survivor, people: [] })).toMatchObject({ ok: false });
});
