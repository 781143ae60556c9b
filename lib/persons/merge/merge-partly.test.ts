import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { createAccessRule } from '#lib/omni/resources/access.ts';
import { patchPerson } from '#lib/omni/resources/persons.ts';
import { listRoutes } from '#lib/omni/resources/routes.ts';
import { preview } from '#lib/operations/plan/preview.ts';
import { resume } from '#lib/operations/run/run.ts';
import { readEntry } from '#lib/operations/journal/journal.ts';
import { carryOut, undoEntry } from '#lib/persons/testing/bed.ts';
import {
  dressedPair,
  removeRules,
  newPeople,
  plainMerge,
  startScene,
  WHATSAPP,
  type PersonsScene,
} from '#lib/persons/testing/scene.ts';
import { must } from '#lib/persons/testing/watched-merge.ts';

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
  expect(seen.ok && seen.plan.losses.map(({ key }) => key)).toContain('merge.unseen-some-routes');
  expect(seen.ok && seen.plan.typed).toHaveProperty('text');
});

test('persons.merge: a rule that an allow rule of the same priority might outrank is refused', async () => {
  const [duplicate = '', survivor = ''] = await newPeople(scene, 1, 1);
  const common = { instanceId: WHATSAPP, platformUserId: '5500000000000@s.whatsapp.net', priority: 3 } as const;
  await must(createAccessRule(scene.omni, { ...common, ruleType: 'deny', personId: duplicate, reason: 'spam' }));
  await scene.control.moveClock(1000);
  await must(
    createAccessRule(scene.omni, { ...common, ruleType: 'allow', action: 'allow', reason: 'spam: mas este sim' }),
  );
  const seen = await preview(scene.runner, 'persons.merge', plainMerge(duplicate, survivor));
  expect(seen.ok && seen.plan.refusal?.key).toBe('merge.refused-outranked');
});
