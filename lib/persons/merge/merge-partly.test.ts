import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { createAccessRule } from '#lib/omni/resources/access.ts';
import { patchPerson } from '#lib/omni/resources/persons.ts';
import { listRoutes } from '#lib/omni/resources/routes.ts';
import { preview } from '#lib/operations/plan/preview.ts';
import { resume } from '#lib/operations/run/run.ts';
import { readEntry } from '#lib/operations/journal/journal.ts';
import { carryOut, takeBack } from '#lib/persons/testing/bed.ts';
import {
  dressedPair,
  forgetRules,
  newPeople,
  plainMerge,
  startScene,
  WHATSAPP,
  type Scene,
} from '#lib/persons/testing/scene.ts';
import { must } from '#lib/persons/testing/watched-merge.ts';

let scene: Scene;
beforeAll(async () => {
  vi.stubEnv('STORE_KEYS', `1:${'k'.repeat(32)}`);
  scene = await startScene();
});
afterEach(async () => {
  await scene.control.clearFaults();
  await forgetRules(scene);
});
afterAll(async () => {
  await scene.db.destroy();
  await scene.sandbox.stop();
});

const held = async (personId: string) =>
  (await scene.control.sql('SELECT id FROM platform_identities WHERE person_id = ?', [personId])).length;

test('what is refused after a merge keeps nothing else of it undone, and all of it is taken back', async () => {
  const { goes, stays, dressed } = await dressedPair(scene);
  await scene.control.fault({ kind: 'status', status: 403, method: 'PATCH', path: `/persons/${stays}` });
  const entry = await carryOut(scene.runner, 'persons.merge', plainMerge(goes, stays));
  expect(entry.status).toBe('failed');
  expect(entry.steps.filter(({ state }) => state !== 'done').map(({ id }) => id)).toEqual(['fields']);
  const routes = await must(listRoutes(scene.omni, dressed.instances[0]));
  expect(routes.filter(({ personId, isActive }) => personId === stays && isActive)).toHaveLength(1);
  const undone = await takeBack(scene.runner, entry.id);
  expect(undone.status).toBe('done');
  expect(await held(stays)).toBe(1);
});

test('a field that a colleague corrected since is not overwritten when a merge is gone on with', async () => {
  const { goes, stays } = await dressedPair(scene);
  await scene.control.fault({ kind: 'status', status: 403, method: 'PATCH', path: `/persons/${stays}` });
  const entry = await carryOut(scene.runner, 'persons.merge', plainMerge(goes, stays));
  await scene.control.clearFaults();
  await must(patchPerson(scene.omni, stays, { primaryPhone: '+5500123456789' }));
  const again = await resume(scene.runner, entry.id);
  if (again.is !== 'started') throw new Error(again.is);
  await again.job;
  const fields = (await readEntry(scene.db, entry.id))?.steps.find(({ id }) => id === 'fields');
  expect(fields).toMatchObject({ state: 'failed', problem: { code: 'changed_meanwhile' } });
  const [row] = await scene.control.sql('SELECT primary_phone FROM persons WHERE id = ?', [stays]);
  expect(row?.primary_phone).toBe('+5500123456789');
});

test('a chain that broke in the middle is taken back as far as it came', async () => {
  const [stays = '', ...goes] = await newPeople(scene, 1, 2, 1, 1);
  await scene.control.fault({
    kind: 'status',
    status: 403,
    method: 'POST',
    path: '/persons/merge',
    nth: 3,
  });
  const entry = await carryOut(scene.runner, 'persons.merge-many', { stays, goes, reason: '' });
  expect(entry.status).toBe('failed');
  expect(await held(stays)).toBe(4);
  const undone = await takeBack(scene.runner, entry.id);
  expect(undone.status).toBe('done');
  expect(await held(stays)).toBe(1);
});

test('a move that stopped half way is put back', async () => {
  const [from = '', to = ''] = await newPeople(scene, 2, 1);
  const [row] = await scene.control.sql('SELECT id FROM platform_identities WHERE person_id = ?', [from]);
  await scene.control.fault({ kind: 'status', status: 403, method: 'POST', path: '/persons/link' });
  const entry = await carryOut(scene.runner, 'persons.move-identity', {
    identityId: String(row?.id),
    fromPersonId: from,
    toPersonId: to,
    reason: '',
  });
  expect([entry.status, await held(from)]).toEqual(['failed', 1]);
  await scene.control.clearFaults();
  expect((await takeBack(scene.runner, entry.id)).status).toBe('done');
  expect(await held(from)).toBe(2);
});

test('routes that cannot be read weigh as lost: the name must be typed', async () => {
  const [goes = '', stays = ''] = await newPeople(scene, 1, 1);
  await scene.control.fault({
    kind: 'status',
    status: 503,
    method: 'GET',
    path: `/instances/${WHATSAPP}/routes`,
    times: null,
  });
  const seen = await preview(scene.runner, 'persons.merge', plainMerge(goes, stays));
  expect(seen.ok && seen.plan.losses.map(({ key }) => key)).toContain('merge.unseen-some-routes');
  expect(seen.ok && seen.plan.typed).toHaveProperty('text');
});

test('a rule that would come behind an allow rule of the same priority is not made anew: refused', async () => {
  const [goes = '', stays = ''] = await newPeople(scene, 1, 1);
  const common = { instanceId: WHATSAPP, platformUserId: '5500000000000@s.whatsapp.net', priority: 3 } as const;
  await must(createAccessRule(scene.omni, { ...common, ruleType: 'deny', personId: goes, reason: 'spam' }));
  await scene.control.moveClock(1000);
  await must(
    createAccessRule(scene.omni, { ...common, ruleType: 'allow', action: 'allow', reason: 'spam: mas este sim' }),
  );
  const seen = await preview(scene.runner, 'persons.merge', plainMerge(goes, stays));
  expect(seen.ok && seen.plan.refusal?.key).toBe('merge.refused-outranked');
});
