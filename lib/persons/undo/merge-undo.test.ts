import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { carryOut, undoEntry } from '#lib/operations/testing/runs.ts';
import { getPresence, mergePersons, patchPerson } from '#lib/omni/resources/persons.ts';
import { preview } from '#lib/operations/plan/preview.ts';
import { undoPreview } from '#lib/operations/receipt/undo.ts';
import { personRows } from '#lib/persons/testing/bed.ts';
import { dress, must, portrait, watch } from '#lib/persons/testing/watched-merge.ts';
import { removeRules, WHATSAPP } from '#lib/persons/testing/scene.ts';
import { ownScene } from '#lib/persons/testing/own-scene.ts';

const scene = ownScene();
afterEach(() => removeRules(scene));

async function pair(duplicate = 3, survivor = 1): Promise<[string, string]> {
  const all = [duplicate, survivor].map((count, index) =>
    personRows(
      { displayName: `Pessoa ${index} ${randomUUID().slice(0, 4)}` },
      Array.from({ length: count }, () => ({ instanceId: WHATSAPP, messageCount: 3 })),
    ),
  );
  await scene.control.rows({
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
  const dressed = await dress(scene.omni, duplicate);
  const watcher = await watch(scene.omni, dressed);
  await must(mergePersons(scene.omni, { sourcePersonId: duplicate, targetPersonId: survivor }));
  await expect.poll(() => watcher.wrong()).toBeGreaterThan(0);
  await watcher.stop();
});

test('persons.merge-undo: undone itself, the two are merged again as before', async () => {
  const [duplicate, survivor] = await pair(2, 2);
  const dressed = await dress(scene.omni, duplicate);
  const merged = await carryOut(
    scene.runner,
    'persons.merge',
    merge(duplicate, survivor, { primaryPhone: 'duplicate' }),
  );
  const after = await portrait(scene.omni, survivor, dressed);
  const undone = await undoEntry(scene.runner, merged.id);
  expect(await undoPreview(scene.runner, merged.id)).toMatchObject({ ok: false, problem: { code: 'undone_already' } });
  const again = await undoEntry(scene.runner, undone.id);
  expect(again.status).toBe('done');
  expect(await portrait(scene.omni, survivor, dressed)).toEqual(after);
});

test('persons.merge-undo: what was edited since is left as it is, and named', async () => {
  const [duplicate, survivor] = await pair(2, 1);
  const dressed = await dress(scene.omni, duplicate);
  const phone = (await portrait(scene.omni, duplicate, dressed)).fields?.primaryPhone ?? '';
  const entry = await carryOut(
    scene.runner,
    'persons.merge',
    merge(duplicate, survivor, { displayName: 'duplicate', primaryPhone: 'duplicate' }),
  );
  await must(patchPerson(scene.omni, survivor, { displayName: 'Outro Nome', primaryPhone: null }));
  const [other] = await pair(1, 1);
  await must(patchPerson(scene.omni, other, { primaryPhone: phone }));
  await scene.control.write('UPDATE agent_routes SET label = ? WHERE person_id = ? AND label = ?', [
    'nova',
    survivor,
    'uma',
  ]);
  const seen = await undoPreview(scene.runner, entry.id);
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
  const undone = await undoEntry(scene.runner, entry.id);
  expect(undone.status).toBe('done');
  expect((await portrait(scene.omni, survivor, dressed)).fields?.displayName).toBe('Outro Nome');
  expect((await portrait(scene.omni, back(undone), dressed)).fields).toMatchObject({
    displayName: 'Registro Duplicado',
    primaryPhone: null,
  });
  expect((await portrait(scene.omni, survivor, dressed)).routes).toMatchObject([{ label: 'nova' }]);
});

test('persons.merge-undo: refused when the kept person is gone', async () => {
  const [duplicate, survivor] = await pair(1, 1);
  const entry = await carryOut(scene.runner, 'persons.merge', merge(duplicate, survivor));
  const [next] = await pair(1, 1);
  const second = await carryOut(scene.runner, 'persons.merge', merge(survivor, next));
  const seen = await undoPreview(scene.runner, entry.id);
  expect(seen.ok && seen.plan.refusal?.key).toBe('merge-undo.refused-gone');
  expect((await undoEntry(scene.runner, second.id)).status).toBe('done');
});

test('persons.unlink-undo: undone itself, the identity is unlinked again', async () => {
  const [person] = await pair(2, 1);
  const [row] = await scene.control.sql('SELECT id FROM platform_identities WHERE person_id = ?', [person]);
  const identityId = String(row?.id);
  const entry = await carryOut(scene.runner, 'persons.unlink', {
    personId: person,
    identityId,
    fill: { displayName: 'Nova' },
  });
  const linkedAgain = await undoEntry(scene.runner, entry.id);
  const again = await undoEntry(scene.runner, linkedAgain.id);
  expect(again.status).toBe('done');
  const [now] = await scene.control.sql(
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
    const dressed = await dress(scene.omni, duplicate);
    const theirs = await portrait(scene.omni, duplicate, dressed);
    const entry = await carryOut(
      scene.runner,
      'persons.merge',
      merge(duplicate, survivor, { primaryPhone: 'duplicate' }),
    );
    const [method, path] = pattern.includes(' ') ? pattern.split(' ') : ['POST', pattern];
    await scene.control.fault({ kind: 'cut', when, method, path });
    const undone = await undoEntry(scene.runner, entry.id);
    await scene.control.clearFaults();
    cut += 1;
    expect([pattern, undone.status]).toEqual([pattern, when === 'after' ? 'done' : 'unconfirmed']);
    if (when === 'after') expect(await portrait(scene.omni, back(undone), dressed)).toEqual(theirs);
    await removeRules(scene);
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
  const seen = await preview(scene.runner, 'persons.merge-undo', {
    survivor,
    people: [nobody],
    fields: [],
    replaced: [],
  });
  expect(seen.ok && seen.plan.refusal?.key).toBe('merge-undo.refused-none');
  expect(await preview(scene.runner, 'persons.merge-undo', { survivor, people: [] })).toMatchObject({ ok: false });
});

test('persons.merge-undo: a chain of merges is undone from its end, whom each one brings back being the survivor of the one before', async () => {
  const people = await Promise.all([pair(1, 1), pair(1, 1)]).then((pairs) => pairs.flat());
  const [first = '', ...others] = people;
  const held = await must(getPresence(scene.omni, first));
  const merged: string[] = [];
  for (const [at, survivor] of others.entries())
    merged.push((await carryOut(scene.runner, 'persons.merge', merge(people[at] ?? '', survivor))).id);
  let last = '';
  for (const id of merged.toReversed()) {
    const undone = await undoEntry(scene.runner, id);
    expect(undone.status).toBe('done');
    last = back(undone);
  }
  const again = await must(getPresence(scene.omni, last));
  expect(again.identities.map(({ id }) => id)).toEqual(held.identities.map(({ id }) => id));
  expect(again.person.displayName).toBe(held.person.displayName);
  const [end = ''] = others.slice(-1);
  expect((await must(getPresence(scene.omni, end))).identities).toHaveLength(1);
});

test('persons.edit and persons.block: undone for whom an undone merge brought back', async () => {
  const [duplicate, survivor] = await pair(1, 1);
  const was = (await must(getPresence(scene.omni, duplicate))).person.displayName;
  const edited = await carryOut(scene.runner, 'persons.edit', {
    id: duplicate,
    changes: { displayName: 'Outro nome' },
  });
  const blocked = await carryOut(scene.runner, 'persons.block', {
    personId: duplicate,
    instanceId: WHATSAPP,
    reason: 'Spam',
  });
  const merged = await carryOut(scene.runner, 'persons.merge', merge(duplicate, survivor));
  const today = back(await undoEntry(scene.runner, merged.id));
  expect((await undoEntry(scene.runner, edited.id)).status).toBe('done');
  expect((await must(getPresence(scene.omni, today))).person.displayName).toBe(was);
  expect((await undoEntry(scene.runner, blocked.id)).status).toBe('done');
  expect(await scene.control.sql('SELECT id FROM access_rules WHERE person_id IN (?, ?)', [today, survivor])).toEqual(
    [],
  );
});
