import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { carryOut, undoEntry } from '#lib/operations/testing/runs.ts';
import { checkAccess, createAccessRule } from '#lib/omni/resources/access.ts';
import { patchPerson } from '#lib/omni/resources/persons.ts';
import { listRoutes } from '#lib/omni/resources/routes.ts';
import { preview } from '#lib/operations/plan/preview.ts';
import { resume, start } from '#lib/operations/run/run.ts';
import { readEntry } from '#lib/operations/journal/journal.ts';
import {
  dressedPair,
  removeRules,
  newPeople,
  plainMerge,
  startScene,
  WHATSAPP,
  type PersonsScene,
} from '#lib/persons/testing/scene.ts';
import { must, portrait } from '#lib/persons/testing/watched-merge.ts';

let scene: PersonsScene;
beforeAll(async () => {
  vi.stubEnv('STORE_KEYS', `1:${'k'.repeat(32)}`);
  scene = await startScene();
});
afterEach(async () => {
  await scene.control.clearFaults();
  await removeRules(scene);
});
afterAll(async () => {
  await scene.db.destroy();
  await scene.sandbox.stop();
});

const held = async (personId: string) =>
  (await scene.control.sql('SELECT id FROM platform_identities WHERE person_id = ?', [personId])).length;

test('persons.merge: a step refused after the merge stops none of the others, and undo undoes all of it', async () => {
  const { duplicate, survivor, dressed } = await dressedPair(scene);
  await scene.control.fault({ kind: 'status', status: 403, method: 'PATCH', path: `/persons/${survivor}` });
  const entry = await carryOut(scene.runner, 'persons.merge', plainMerge(duplicate, survivor));
  expect(entry.status).toBe('failed');
  expect(entry.steps.filter(({ state }) => state !== 'done').map(({ id }) => id)).toEqual(['fields']);
  const routes = await must(listRoutes(scene.omni, dressed.instances[0]));
  expect(routes.filter(({ personId, isActive }) => personId === survivor && isActive)).toHaveLength(1);
  const undone = await undoEntry(scene.runner, entry.id);
  expect(undone.status).toBe('done');
  expect(await held(survivor)).toBe(1);
});

test('persons.merge: finishing it does not overwrite a field that a colleague has edited since', async () => {
  const { duplicate, survivor } = await dressedPair(scene);
  await scene.control.fault({ kind: 'status', status: 403, method: 'PATCH', path: `/persons/${survivor}` });
  const entry = await carryOut(scene.runner, 'persons.merge', plainMerge(duplicate, survivor));
  await scene.control.clearFaults();
  await must(patchPerson(scene.omni, survivor, { primaryPhone: '+5500123456789' }));
  const again = await resume(scene.runner, entry.id);
  if (again.is !== 'started') throw new Error(again.is);
  await again.job;
  const fields = (await readEntry(scene.db, entry.id))?.steps.find(({ id }) => id === 'fields');
  expect(fields).toMatchObject({ state: 'failed', problem: { code: 'changed_meanwhile' } });
  const [row] = await scene.control.sql('SELECT primary_phone FROM persons WHERE id = ?', [survivor]);
  expect(row?.primary_phone).toBe('+5500123456789');
});

test('persons.merge-many: a chain that stopped halfway is undone as far as it came', async () => {
  const [survivor = '', ...duplicates] = await newPeople(scene, 1, 2, 1, 1);
  await scene.control.fault({
    kind: 'status',
    status: 403,
    method: 'POST',
    path: '/persons/merge',
    nth: 3,
  });
  const entry = await carryOut(scene.runner, 'persons.merge-many', { survivor, duplicates, reason: '' });
  expect(entry.status).toBe('failed');
  expect(await held(survivor)).toBe(4);
  const undone = await undoEntry(scene.runner, entry.id);
  expect(undone.status).toBe('done');
  expect(await held(survivor)).toBe(1);
});

test('persons.link: stopped halfway, it is undone', async () => {
  const [from = '', to = ''] = await newPeople(scene, 2, 1);
  const [row] = await scene.control.sql('SELECT id FROM platform_identities WHERE person_id = ?', [from]);
  await scene.control.fault({ kind: 'status', status: 403, method: 'POST', path: '/persons/link' });
  const entry = await carryOut(scene.runner, 'persons.link', {
    identityId: String(row?.id),
    fromPersonId: from,
    toPersonId: to,
    reason: '',
  });
  expect([entry.status, await held(from)]).toEqual(['failed', 1]);
  await scene.control.clearFaults();
  expect((await undoEntry(scene.runner, entry.id)).status).toBe('done');
  expect(await held(from)).toBe(2);
});

test('persons.merge: routes that cannot be read count as lost: the name must be typed', async () => {
  const [duplicate = '', survivor = ''] = await newPeople(scene, 1, 1);
  await scene.control.fault({
    kind: 'status',
    status: 503,
    method: 'GET',
    path: `/instances/${WHATSAPP}/routes`,
    times: null,
  });
  const seen = await preview(scene.runner, 'persons.merge', plainMerge(duplicate, survivor));
  expect(seen.ok && seen.plan.losses.map(({ key }) => key)).toContain('effect.routes-not-seen-on');
  expect(seen.ok && seen.plan.typed).toHaveProperty('text');
});

test('persons.merge: moved, a rule stays as old as it was: an older allow rule doesn’t open what a newer one closes', async () => {
  const [duplicate = '', survivor = ''] = await newPeople(scene, 1, 1);
  const common = { instanceId: WHATSAPP, platformUserId: '5500000000000@s.whatsapp.net', priority: 3 } as const;
  await must(
    createAccessRule(scene.omni, { ...common, ruleType: 'allow', personId: duplicate, reason: 'spam: este não' }),
  );
  await must(createAccessRule(scene.omni, { ...common, ruleType: 'deny', reason: 'spam' }));
  const asked = { instanceId: WHATSAPP, platformUserId: common.platformUserId, channel: 'whatsapp-baileys' };
  expect((await carryOut(scene.runner, 'persons.merge', plainMerge(duplicate, survivor))).status).toBe('done');
  expect(await must(checkAccess(scene.omni, asked))).toMatchObject({ allowed: false });
});

test('persons.merge: refused by Omni after the rules were moved, undo gives them back', async () => {
  const { duplicate, survivor, dressed } = await dressedPair(scene);
  const [theirs, ours] = [
    await portrait(scene.omni, duplicate, dressed),
    await portrait(scene.omni, survivor, dressed),
  ];
  await scene.control.fault({ kind: 'status', status: 403, method: 'POST', path: '/persons/merge' });
  const entry = await carryOut(scene.runner, 'persons.merge', plainMerge(duplicate, survivor));
  expect(entry.status).toBe('failed');
  expect((await portrait(scene.omni, survivor, dressed)).rules).toEqual(theirs.rules);
  const undone = await undoEntry(scene.runner, entry.id);
  expect([undone.status, undone.body.plan.losses]).toEqual(['done', []]);
  expect(await portrait(scene.omni, duplicate, dressed)).toEqual(theirs);
  expect(await portrait(scene.omni, survivor, dressed)).toEqual(ours);
});

/** Somebody gives the duplicate a rule each time the list is read, so many times. */
async function lateRules(ruleType: 'allow' | 'deny', personId: string, times: number): Promise<void> {
  const sql = `INSERT INTO access_rules (id, instance_id, rule_type, platform_user_id, person_id, priority, enabled, reason, action,
    created_at, updated_at) SELECT printf('dddddd99-0000-4000-8000-%012d', count(*) + abs(random() % 1000000000)), ?, ?,
    'late', ?, 0, 1, 'spam late', 'block', 1, 1 FROM access_rules`;
  const list = { method: 'GET', path: '/access/rules$' };
  await scene.control.fault({
    kind: 'write',
    when: 'after',
    ...list,
    times,
    sql,
    params: [WHATSAPP, ruleType, personId],
  });
}

test.each([
  ['deny', 1, 'done', ['late'], 1],
  ['allow', 1, 'done', ['late'], 1],
  ['deny', 3, 'done', ['late', 'late', 'again'], 3],
  ['allow', 3, 'differs', ['late', 'late', 'fell'], 2],
] as const)(
  'persons.merge: rules (%s) that are added while it runs, %i times: kept, made again, or told as lost',
  async (ruleType, times, status, said, left) => {
    const [duplicate = '', survivor = ''] = await newPeople(scene, 1, 1);
    const seen = await preview(scene.runner, 'persons.merge', plainMerge(duplicate, survivor));
    if (!seen.ok) throw new Error('no preview');
    // The list is read for the run, and by the merge step until nothing new names the duplicate, at most three times.
    await lateRules(ruleType, duplicate, times);
    const started = await start(scene.runner, seen.token);
    if (started.is !== 'started') throw new Error(started.is);
    await started.job;
    const entry = await readEntry(scene.db, started.entryId);
    expect(entry?.status).toBe(status);
    const keys = entry?.body.receipt?.checks.map(({ text }) => text.key).filter((key) => /late|again|fell/.test(key));
    expect(keys).toEqual(said.map((one) => `merge.checked-${one}`));
    const rows = await scene.control.sql('SELECT rule_type, reason FROM access_rules WHERE person_id = ?', [survivor]);
    expect(rows).toHaveLength(left);
    const marks = rows.filter(({ reason }) => String(reason).startsWith('spam late [console '));
    expect(marks).toHaveLength(said.filter((one) => one === 'again').length);
    await scene.control.clearFaults();
    const undone = await undoEntry(scene.runner, started.entryId);
    expect(undone.status).toBe('done');
    const back = String(undone.steps.find(({ id }) => id.startsWith('new-person:'))?.result);
    expect(await scene.control.sql('SELECT id FROM access_rules WHERE person_id = ?', [back])).toHaveLength(left);
  },
);
