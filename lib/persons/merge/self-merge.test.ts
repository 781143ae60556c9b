import { expect, test } from 'vitest';
import { mergePersons } from '#lib/omni/resources/persons.ts';
import { preview } from '#lib/operations/plan/preview.ts';
import { start } from '#lib/operations/run/run.ts';
import { newPeople, plainMerge } from '#lib/persons/testing/scene.ts';
import { ownScene } from '#lib/persons/testing/own-scene.ts';

const scene = ownScene();

/** The calls to Omni besides reads. */
async function writes(): Promise<string[]> {
  const { items } = await scene.control.calls();
  return items.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);
}

/** Ways to name one person twice. */
const TWICE: [string, (id: string) => [string, string]][] = [
  ['the same id', (id) => [id, id]],
  ['in capitals', (id) => [id, id.toUpperCase()]],
  ['capitals first', (id) => [id.toUpperCase(), id]],
];

test.each(TWICE)('persons.merge, persons.merge-many: nobody is merged into themselves: %s', async (_, twice) => {
  const [ana = '', bia = ''] = await newPeople(scene, 2, 1);
  const [duplicate, survivor] = twice(ana);
  await scene.control.clearCalls();

  const seen = await preview(scene.runner, 'persons.merge', plainMerge(duplicate, survivor));
  expect(seen.ok && [seen.plan.refusal?.key, seen.plan.steps]).toEqual(['merge.refused-self', []]);
  if (seen.ok) expect(await start(scene.runner, seen.token)).not.toMatchObject({ is: 'started' });

  for (const many of [
    { survivor, duplicates: [duplicate] },
    { survivor, duplicates: [bia, duplicate] },
    { survivor: bia, duplicates: [duplicate, survivor] },
  ]) {
    const chain = await preview(scene.runner, 'persons.merge-many', { ...many, reason: '' });
    if (chain.ok) expect(chain.plan.refusal).toBeDefined();
    if (chain.ok) expect(await start(scene.runner, chain.token)).not.toMatchObject({ is: 'started' });
  }

  const door = await mergePersons(scene.omni, { sourcePersonId: duplicate, targetPersonId: survivor });
  expect(door.ok).toBe(false);
  expect(await writes()).toEqual([]);
  expect(await scene.control.sql('SELECT id FROM persons WHERE id = ?', [ana])).toHaveLength(1);
});

test('persons.unlink-undo, persons.link: one person twice is refused before anything is sent', async () => {
  const [ana = ''] = await newPeople(scene, 2);
  const [row] = await scene.control.sql('SELECT id FROM platform_identities WHERE person_id = ?', [ana]);
  const both = { identityId: String(row?.id), fromPersonId: ana, toPersonId: ana.toUpperCase() };
  await scene.control.clearCalls();
  for (const operation of ['persons.unlink-undo', 'persons.link']) {
    const seen = await preview(scene.runner, operation, both);
    if (seen.ok) expect([operation, seen.plan.refusal]).not.toEqual([operation, undefined]);
    if (seen.ok) expect(await start(scene.runner, seen.token)).not.toMatchObject({ is: 'started' });
  }
  expect(await writes()).toEqual([]);
});
