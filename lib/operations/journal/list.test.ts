import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openStore, type Store } from '#lib/store/database.ts';
import { testEngines } from '#lib/store/testing/stores.ts';
import { NOTHING_PLANNED, sealBody, sealOutcome } from './body.ts';
import type { EntryBody } from './entry.ts';
import { readEntry } from './journal.ts';
import { lastChange, listEntries, type EntryReader, type Filter } from './list.ts';

vi.mock('./old-names.ts', () => ({
  OLD_NAMES: {
    'testing.undo': {
      was: 'testing.take-back',
      kinds: { bring: 'create' },
      steps: { 'first:': 'create:' },
      fields: { 'input.stays': 'survivor', 'result:create.told': 'delivered' },
    },
  },
  OLD_PROBLEMS: {},
}));
vi.mock('./old-texts.ts', () => ({
  OLD_CHANGES: { edit: 'person' },
  OLD_WORDS: { inherit: 'inherited' },
  OLD_TEXTS: { 'take-back.title': 'undo.title' },
  OLD_TEXT_BEGINNINGS: {},
  OLD_TEXT_VALUES: {},
  OLD_TEXT_PARTS: {},
}));

const engines = await testEngines();

const everything: EntryReader = { server: 'demo', actor: 'demo/Ana', scopes: ['*'] };

describe.each(engines)('listEntries on $name', ({ newPlace }) => {
  let db: Store;
  const ids: Record<string, string> = {};
  beforeAll(async () => {
    db = await openStore(await newPlace());
    for (const [at, operation] of ['testing.take-back', 'testing.undo', 'testing.other'].entries()) {
      ids[operation] = await written(db, operation, at + 1);
    }
  });
  afterAll(() => db.destroy());
  const find = async (filter: Filter) => (await listEntries(db, everything, filter, 10)).map(({ id }) => id);

  it('finds an operation’s entries under its name of today and of before, by either', async () => {
    const both = [ids['testing.undo'], ids['testing.take-back']];
    expect(await find({ operation: 'testing.undo' })).toEqual(both);
    expect(await find({ operation: 'testing.take-back' })).toEqual(both);
    expect(await find({ operations: ['testing.other', 'testing.take-back'] })).toEqual([ids['testing.other'], ...both]);
    expect(await find({ operation: 'testing.other' })).toEqual([ids['testing.other']]);
    expect(await find({})).toEqual([ids['testing.other'], ...both]);
  });

  it('gives an entry of before with the names of today', async () => {
    expect(await readEntry(db, ids['testing.take-back'] ?? '')).toMatchObject({
      operation: 'testing.undo',
      body: {
        input: { survivor: 'a' },
        plan: { title: { key: 'undo.title' }, steps: [{ id: 'create:1', kind: 'create' }] },
      },
      steps: [{ id: 'create:1', result: { delivered: true } }],
    });
  });
});

describe.each(engines)('lastChange on $name', ({ newPlace }) => {
  it('is the newest of one’s own that did something, undoes none and was not undone', async () => {
    const db = await openStore(await newPlace());
    const [first, second, third] = [
      await written(db, 'testing.other', 1),
      await written(db, 'testing.other', 2),
      await written(db, 'testing.other', 3),
    ];
    const last = async (reader = everything) => (await lastChange(db, reader))?.id;
    const set = (id: string, values: { undo_of?: string; undone_by?: string }) =>
      db.updateTable('operations').set(values).where('id', '=', id).execute();
    expect(await last()).toBe(third);
    await set(third, { undo_of: second });
    await set(second, { undone_by: third });
    expect(await last()).toBe(first);
    await db.updateTable('operation_steps').set({ state: 'failed' }).where('entry_id', '=', first).execute();
    expect(await last()).toBeUndefined();
    expect(await last({ ...everything, actor: 'demo/Rui' })).toBeUndefined();
    await db.destroy();
  });
});

/** A row as a release before wrote it. */
async function written(db: Store, operation: string, at: number): Promise<string> {
  const id = randomUUID();
  const title = { key: 'take-back.title' };
  const steps = [{ id: 'first:1', kind: 'bring', title, args: null }];
  const body: EntryBody = {
    input: { stays: 'a' },
    before: null,
    plan: { ...NOTHING_PLANNED, title, steps },
    who: { keyName: 'key', yourName: null },
  };
  await db
    .insertInto('operations')
    .values({
      id,
      preview_id: id,
      operation,
      server: 'demo',
      actor: 'demo/Ana',
      status: 'done',
      fence: 1,
      lease_until: 0,
      stop_requested: 0,
      undo_of: null,
      undone_by: null,
      open_until: null,
      created_at: at,
      touched_at: at,
      finished_at: at,
      body: sealBody(id, body),
    })
    .execute();
  await db
    .insertInto('operation_steps')
    .values({
      entry_id: id,
      position: 0,
      step_id: 'first:1',
      state: 'done',
      actor: 'demo/Ana',
      outcome: sealOutcome(id, 0, { result: { told: true }, who: 'Ana' }),
      started_at: at,
      finished_at: at,
    })
    .execute();
  return id;
}
