import { carryOut, undoEntry } from '#lib/operations/testing/runs.ts';
import { plain } from '#lib/operations/testing/plain.ts';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { EntryReader } from '#lib/operations/journal/list.ts';
import { newPeople, plainMerge, startScene, type PersonsScene } from '#lib/persons/testing/scene.ts';
import { mergedInto, personToday } from './merged-into.ts';
import { searchPeople } from './search.ts';

let scene: PersonsScene;
let admin: EntryReader;
beforeAll(async () => {
  vi.stubEnv('STORE_KEYS', `1:${'k'.repeat(32)}`);
  scene = await startScene();
  const { server, actor } = scene.runner.session;
  admin = { server, actor, scopes: ['*'] };
});
afterAll(async () => {
  await scene.db.destroy();
  await scene.sandbox.stop();
});

const identityOf = async (person: string) =>
  String((await scene.control.sql('SELECT id FROM platform_identities WHERE person_id = ?', [person]))[0]?.id);

test('old ids: an id is followed through merges, and through their undo', async () => {
  const [a = '', b = '', c = ''] = await newPeople(scene, 1, 1, 1);
  await carryOut(scene.runner, 'persons.merge', plainMerge(a, b));
  const second = await carryOut(scene.runner, 'persons.merge', plainMerge(b, c));
  expect(await mergedInto(scene.db, admin, a)).toMatchObject({ id: c, entry: { id: second.id } });
  expect(await mergedInto(scene.db, admin, c)).toBeNull();
  await undoEntry(scene.runner, second.id);
  const today = (await mergedInto(scene.db, admin, a))?.id ?? '';
  expect([a, b, c]).not.toContain(today);
  expect((await mergedInto(scene.db, admin, b))?.id).toBe(today);
});

test('old ids: everybody is led on; who merged them is told to readers of the entry only', async () => {
  const [a = '', b = ''] = await newPeople(scene, 1, 1);
  await carryOut(scene.runner, 'persons.merge', plainMerge(a, b));
  const other = { ...admin, actor: 'somebody else', scopes: ['persons:read'] };
  expect(await mergedInto(scene.db, other, a)).toEqual({ id: b, entry: null });
  expect(await mergedInto(scene.db, { ...other, server: 'another' }, a)).toBeNull();
});

test('search: a pasted id finds its person, a merged id whom it was merged into, an identity that was linked here its holder', async () => {
  const [a = '', b = '', c = '', d = ''] = await newPeople(scene, 1, 2, 2, 1);
  const identity = await identityOf(c);
  const input = { identityId: identity, fromPersonId: c, toPersonId: d, reason: '' };
  await carryOut(scene.runner, 'persons.link', input);
  await carryOut(scene.runner, 'persons.merge', plainMerge(a, b));
  const today = (id: string) => personToday(scene.db, admin, scene.omni, id);
  const found = async (query: string) => {
    let last;
    for await (const progress of searchPeople(scene.omni, query, { today })) last = progress;
    return { people: last?.hits.map(({ id, matchedBy }) => [id, matchedBy]), incomplete: last?.incomplete };
  };
  expect(await found(b)).toEqual({ people: [[b, 'id']], incomplete: false });
  expect(await found(` ${a.toUpperCase()} `)).toEqual({ people: [[b, 'old-id']], incomplete: false });
  expect(await found(identity)).toEqual({ people: [[d, 'old-id']], incomplete: false });
  // Omni can't be asked who holds an identity that the console has never moved.
  expect(await found(await identityOf(b))).toEqual({ people: [], incomplete: true });
  expect(await found(randomUUID())).toEqual({ people: [], incomplete: true });
});

test('search: a failed look-up of a pasted id is a failure', async () => {
  const [a = ''] = await newPeople(scene, 1);
  await scene.control.fault({ kind: 'status', status: 500, method: 'GET', path: `/persons/${a}` });
  for await (const progress of searchPeople(scene.omni, a)) expect(progress.error).toBeDefined();
  await scene.control.clearFaults();
});

test('persons.merge: two Rosas of Peru and Porto Alegre: the phone that is not kept is named and typed, and comes back', async () => {
  const peru = 'dddddd34-0000-4000-8000-000000000034';
  const alegre = 'dddddd35-0000-4000-8000-000000000035';
  const phones = async () =>
    (
      await scene.control.sql(
        "SELECT primary_phone FROM persons WHERE display_name = 'Rosa Quispe' AND primary_phone IS NOT NULL ORDER BY 1",
        [],
      )
    ).map((row) => row.primary_phone);
  const entry = await carryOut(scene.runner, 'persons.merge', plainMerge(peru, alegre));
  const { losses, typed } = entry.body.plan;
  expect(losses.map(plain)).toEqual([
    {
      key: 'effect.field-not-kept',
      values: {
        field: 'person.primaryPhone',
        from: '+51 976 543 219',
        to: '+55 51 97654 3219',
        of: expect.any(String),
      },
    },
    ...losses.slice(1).map(plain),
  ]);
  expect(losses.slice(1).every(({ key }) => key === 'effect.history')).toBe(true);
  // Both end alike and have one name: the word is typed.
  expect(typed).toEqual({ word: 'merge' });
  expect(await phones()).toEqual(['+5551976543219']);
  expect((await undoEntry(scene.runner, entry.id)).status).toBe('done');
  expect(await phones()).toEqual(['+51976543219', '+5551976543219']);
});
