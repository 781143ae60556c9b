import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type Fixture } from '#lib/omni/testing/fixture-server.ts';
import { openStore, type Store, type StorePlace } from '#lib/store/database.ts';
import { testEngines } from '#lib/store/testing/stores.ts';
import { forgetPerson } from './forget.ts';
import { listActors, listEntries, mayRead, type Filter, type EntryReader } from './list.ts';
import { purgeEntries } from './retention.ts';
import { resume } from '#lib/operations/run/run.ts';
import { runnerFor } from '#lib/operations/testing/bed.ts';
import { countingBed } from '#lib/operations/testing/counting-bed.ts';
import { continueEntry, carryOut, entryOf, tally } from '#lib/operations/testing/runs.ts';
import { undoPreview } from '#lib/operations/receipt/undo.ts';
import { viewOf } from '#lib/operations/receipt/view.ts';

const engines = await testEngines();
const bed = await countingBed();

const everything: EntryReader = { server: 'demo', actor: 'demo/Ana', scopes: ['*'] };
const own: EntryReader = { ...everything, scopes: ['persons:write'] };
const rename = (id: string, displayName: string) => ({ id, changes: { displayName } });

/** An entry that stopped at its third step, and will not be continued by itself. */
async function failed(db: Store): Promise<{ entryId: string; personId: string }> {
  const input = await bed.five();
  await bed.control.fault({ kind: 'status', status: 403, method: 'PATCH', path: '/routes/', nth: 2 });
  const entry = await carryOut(runnerFor(db, bed.at), 'testing.five', input);
  await bed.control.clearFaults();
  return { entryId: entry.id, personId: input.personId };
}

describe.each(engines)('operations.journal: the journal on $name', ({ newPlace }) => {
  let place: StorePlace;
  let db: Store;
  beforeAll(async () => {
    place = await newPlace();
    db = await openStore(place);
  });
  afterAll(() => db.destroy());
  const find = async (filter: Filter, reader = everything) =>
    (await listEntries(db, reader, filter, 100)).map(({ id }) => id);

  test('is listed by kind, person, outcome, time, who, phone and e-mail, page by page', async () => {
    const [ana, bia] = ['Ana', 'Bia'].map((who) => runnerFor(db, bed.at, { who }));
    if (!ana || !bia) throw new Error();
    const phone = '+5511987650001';
    await bed.control.write('DELETE FROM persons WHERE primary_phone = ?', [phone]);
    const one = await bed.person(1, { primaryPhone: phone, primaryEmail: 'Ana.Souza@Example.com' });
    const two = await bed.person();
    const first = await carryOut(ana, 'persons.edit', rename(one, 'Primeira'));
    const second = await carryOut(bia, 'persons.edit', rename(two, 'Segunda'));
    const third = await carryOut(ana, 'testing.five', { ...(await bed.five()), personId: one });
    const stopped = await failed(db);
    const all = [stopped.entryId, third.id, second.id, first.id];

    expect(await find({})).toEqual(all);
    expect(await find({ operation: 'persons.edit' })).toEqual([second.id, first.id]);
    expect(await find({ subject: one })).toEqual([third.id, first.id]);
    expect(await find({ subject: `person:${two}` })).toEqual([second.id]);
    expect(await find({ subject: one.replaceAll(/\d/g, '0') })).toEqual([]);
    expect(await find({ status: 'failed' })).toEqual([stopped.entryId]);
    expect(await find({ status: 'running' })).toEqual([]);
    expect(await find({ unfinished: true })).toEqual([stopped.entryId]);
    expect(await find({ since: second.createdAt, until: third.createdAt })).toEqual([third.id, second.id]);
    expect(await find({ actor: 'demo/Bia' })).toEqual([second.id]);
    for (const contact of [
      phone,
      '11 98765-0001',
      '(11) 8765-0001',
      'ana.souza@example.com',
      ' ANA.SOUZA@example.com ',
    ])
      expect(await find({ contact }), contact).toEqual(
        [third.id, first.id].filter((id) => id === first.id || !contact.includes('@')),
      );
    for (const contact of ['Ana', '123', 'bia@example.com', '+5511987650002'])
      expect(await find({ contact })).toEqual([]);

    const pages: string[] = [];
    for (let before: Filter['before']; ;) {
      const [entry] = await listEntries(db, everything, before ? { before } : {}, 1);
      if (!entry) break;
      pages.push(entry.id);
      before = { at: entry.createdAt, id: entry.id };
    }
    expect(pages).toEqual(all);

    expect(await find({}, own)).toEqual([stopped.entryId, third.id, first.id]);
    expect(await find({ mine: true })).toEqual([stopped.entryId, third.id, first.id]);
    expect(await find({}, { ...everything, server: 'other' })).toEqual([]);
    expect(await find({}, { ...own, actor: 'new', actors: ['new', 'demo/Bia'] })).toEqual([second.id]);
    expect([mayRead(second, own), mayRead(second, everything), mayRead(first, own)]).toEqual([false, true, true]);
    expect(await listActors(db, everything)).toEqual([
      { actor: 'demo/Ana', who: 'Ana' },
      { actor: 'demo/Bia', who: 'Bia' },
    ]);
    expect(await listActors(db, own)).toEqual([{ actor: 'demo/Ana', who: 'Ana' }]);
  });

  test('shows an entry without what only an undo needs', async () => {
    const id = await bed.person(1, { displayName: 'Antes' });
    const entry = await carryOut(runnerFor(db, bed.at), 'persons.edit', rename(id, 'Depois'));
    const view = viewOf(entry);
    expect(view).toMatchObject({ status: 'done', who: 'Ana', undo: 'possible', subjects: [`person:${id}`] });
    expect(view.steps).toMatchObject([{ state: 'done', who: null }]);
    expect(JSON.stringify(view)).not.toContain('before');
    const another = await failed(db);
    await continueEntry(runnerFor(db, bed.at, { who: 'Bia' }), another.entryId);
    const steps = viewOf(await entryOf(runnerFor(db, bed.at), another.entryId)).steps;
    expect(steps.map(({ who }) => who)).toEqual([null, null, 'Bia', 'Bia', 'Bia']);
  });

  test('purges what is old and has ended, and never what is interrupted', async () => {
    const runner = runnerFor(db, bed.at);
    const old = await carryOut(runner, 'persons.edit', rename(await bed.person(), 'Velha'));
    const stuck = await failed(db);
    await db.updateTable('operations').set({ finished_at: 1000 }).where('id', 'in', [old.id, stuck.entryId]).execute();
    await db.updateTable('operations').set({ status: 'interrupted' }).where('id', '=', stuck.entryId).execute();
    const young = await carryOut(runner, 'persons.edit', rename(await bed.person(), 'Nova'));
    expect(await purgeEntries(db, 1000)).toBe(0);
    expect(await purgeEntries(db, 1001)).toBe(1);
    const left = await find({});
    expect([old.id, stuck.entryId, young.id].map((id) => left.includes(id))).toEqual([false, true, true]);
    for (const table of ['operation_steps', 'operation_subjects', 'operation_finds'] as const)
      expect(await db.selectFrom(table).selectAll().where('entry_id', '=', old.id).execute()).toEqual([]);
    expect((await continueEntry(runner, stuck.entryId)).status).toBe('done');
    expect(await purgeEntries(db, 1001)).toBe(0);
  });

  test('is unfinished while it is interrupted or stopped halfway, and not when nothing was done or all is', async () => {
    const runner = runnerFor(db, bed.at);
    const stuck = await failed(db);
    await bed.control.fault({ kind: 'status', status: 403, method: 'POST', path: '/routes$' });
    const nothing = await carryOut(runner, 'testing.five', await bed.five());
    await bed.control.clearFaults();
    expect(nothing.status).toBe('failed');
    const open = await find({ unfinished: true });
    expect([stuck.entryId, nothing.id].map((id) => open.includes(id))).toEqual([true, false]);
    await db
      .updateTable('operations')
      .set({ status: 'running', lease_until: 1 })
      .where('id', 'in', [stuck.entryId, nothing.id])
      .execute();
    const dead = await find({ unfinished: true });
    expect([stuck.entryId, nothing.id].map((id) => dead.includes(id))).toEqual([true, true]);
    expect((await continueEntry(runner, stuck.entryId)).status).toBe('done');
    await db.updateTable('operations').set({ undone_by: stuck.entryId }).where('id', '=', nothing.id).execute();
    const ending = await find({ unfinished: true });
    expect([stuck.entryId, nothing.id].map((id) => ending.includes(id))).toEqual([false, false]);
  });

  test('forgets a person: nothing personal is left but in what has not ended', async () => {
    const runner = runnerFor(db, bed.at);
    const id = await bed.person(1, { displayName: 'Maria Esquecida', primaryEmail: 'maria.esquecida@example.com' });
    const entry = await carryOut(runner, 'persons.edit', rename(id, 'Maria Lembrada'));
    const other = await carryOut(runner, 'persons.edit', rename(await bed.person(), 'Fica'));
    const input = { ...(await bed.five()), personId: id };
    await bed.control.fault({ kind: 'status', status: 403, method: 'POST', path: '/routes' });
    const stuck = await carryOut(runner, 'testing.five', input);
    await bed.control.clearFaults();
    await db.updateTable('operations').set({ status: 'interrupted' }).where('id', '=', stuck.id).execute();

    const asker = { actor: 'demo/Ana', keyName: 'key', yourName: 'Ana' };
    const was = randomUUID();
    const earlier = await carryOut(runner, 'persons.edit', rename(await bed.person(), `Lembrada como ${was}`));
    const done = await forgetPerson(db, 'demo', [id, was], asker, Date.now());
    expect(done).toMatchObject({ forgotten: 2, kept: 1 });
    expect(JSON.stringify(await entryOf(runner, earlier.id))).not.toContain('Lembrada');
    const after = await entryOf(runner, entry.id);
    expect(after).toMatchObject({
      operation: 'persons.edit',
      status: 'done',
      createdAt: entry.createdAt,
      actor: 'demo/Ana',
    });
    expect(JSON.stringify(after)).not.toMatch(/Maria|maria|Lembrada/);
    expect(after.subjects).toEqual([`person:${id}`]);
    expect(await find({ contact: 'maria.esquecida@example.com' })).toEqual([stuck.id].slice(1));
    expect(await undoPreview(runner, entry.id)).toEqual({ ok: false, problem: { code: 'entry_forgotten' } });
    expect(await resume(runner, entry.id)).toEqual({ is: 'problem', problem: { code: 'entry_forgotten' } });
    expect(viewOf(after)).toMatchObject({
      title: { key: 'forgotten' },
      undo: { impossible: { key: 'forgotten' } },
      continuable: false,
    });
    expect(JSON.stringify(await entryOf(runner, other.id))).toContain('Fica');
    expect(await entryOf(runner, done.entryId)).toMatchObject({
      operation: 'journal.forget',
      status: 'done',
      subjects: [`person:${id}`],
    });

    expect((await continueEntry(runner, stuck.id)).status).toBe('done');
    expect(await forgetPerson(db, 'demo', [id], asker, Date.now())).toMatchObject({ forgotten: 2, kept: 0 });
    expect(JSON.stringify(await listEntries(db, everything, { subject: id }, 100))).not.toMatch(/Maria/);
    expect(await forgetPerson(db, 'other', [id], asker, Date.now())).toMatchObject({ forgotten: 0, kept: 0 });
  });

  test('shows an entry it can’t open as unreadable, and the others as they are', async () => {
    const entry = await carryOut(runnerFor(db, bed.at), 'persons.edit', rename(await bed.person(), 'X'));
    const next = await carryOut(runnerFor(db, bed.at), 'persons.edit', rename(await bed.person(), 'Y'));
    const { body } = await db
      .selectFrom('operations')
      .select('body')
      .where('id', '=', next.id)
      .executeTakeFirstOrThrow();
    await db.updateTable('operations').set({ body }).where('id', '=', entry.id).execute();
    const moved = (await listEntries(db, everything, {}, 100)).find(({ id }) => id === entry.id);
    expect(moved?.body).toMatchObject({ gone: 'unreadable', plan: { title: { key: 'unreadable' } } });
    expect(await undoPreview(runnerFor(db, bed.at), entry.id)).toMatchObject({ problem: { code: 'entry_unreadable' } });
  });

  test('keeps no name, phone or e-mail in clear', async () => {
    const person = {
      displayName: 'Zenaide Clara',
      primaryPhone: '+5521976540009',
      primaryEmail: 'zenaide@example.com',
    };
    await bed.control.write('DELETE FROM persons WHERE primary_phone = ?', [person.primaryPhone]);
    const id = await bed.person(1, person);
    const runner = runnerFor(db, bed.at, { who: 'Quirinaldo' });
    await carryOut(
      { ...runner, session: { ...runner.session, actor: 'demo/x' } },
      'persons.edit',
      rename(id, 'Zenaide Nova'),
    );
    const tables = [
      'operations',
      'operation_steps',
      'operation_subjects',
      'operation_finds',
      'operation_locks',
    ] as const;
    const rows = await Promise.all(tables.map((table) => db.selectFrom(table).selectAll().execute()));
    const bytes = 'file' in place ? [place.file, `${place.file}-wal`].map((file) => readFileSync(file, 'latin1')) : [];
    for (const text of [JSON.stringify(rows), ...bytes])
      expect(/Zenaide|976540009|zenaide@|Quirinaldo/.exec(text)?.[0]).toBeUndefined();
  });
});

describe('operations.journal: every call to Omni', () => {
  let proxy: Fixture;
  beforeAll(async () => {
    proxy = await startServer(async (response, { method, path, headers, body }) => {
      const { 'x-api-key': key, 'content-type': type } = headers;
      const sent = { 'x-api-key': String(key), ...(type ? { 'content-type': type } : {}) };
      const answer = await fetch(bed.sandbox.url + path, { method, headers: sent, ...(body ? { body } : {}) });
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(await answer.text());
    });
  });
  afterAll(() => proxy.stop());

  test('of a run carries the actor and the entry; those of a preview carry the actor', async () => {
    const place = await engines[0]?.newPlace();
    const db = await openStore(place ?? { file: ':memory:' });
    const runner = runnerFor(db, { ...bed.at, url: proxy.url }, { who: 'Zé 🎉' });
    const entry = await carryOut(runner, 'testing.five', await bed.five());
    const heard = proxy.heard.map(({ method, headers }) => ({
      write: method !== 'GET',
      actor: decodeURIComponent(String(headers['x-omni-actor'])),
      entry: headers['x-omni-console-entry'],
    }));
    expect(new Set(heard.map(({ actor }) => actor))).toEqual(new Set(['Zé 🎉']));
    expect(
      tally(heard.map(({ write, entry: id }) => `${write ? 'write' : 'read'} ${id === entry.id ? 'entry' : id}`)),
    ).toEqual({
      'read undefined': 2,
      'read entry': 4,
      'write entry': 5,
    });
    await db.destroy();
  });
});
