import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore, type Store } from '#lib/store/database.ts';
import { testEngines } from '#lib/store/testing/stores.ts';
import { editPerson } from '#lib/persons/record/edit.ts';
import { defineOperation, listOperations } from './define.ts';
import { preview } from './preview.ts';
import { resume, start } from '#lib/operations/run/run.ts';
import { runnerFor } from '#lib/operations/testing/bed.ts';
import { countingBed } from '#lib/operations/testing/counting-bed.ts';

const engines = await testEngines();
const bed = await countingBed();

const OPERATIONS = listOperations([defineOperation({ ...editPerson, name: 'testing.proved', proof: true })]);

describe.each(engines)('operations.run: an operation that asks for the key again, on $name', ({ newPlace }) => {
  let db: Store;
  beforeAll(async () => {
    db = await openStore(await newPlace());
  });
  afterAll(() => db.destroy());

  const runner = (proved?: boolean) => {
    const made = runnerFor(db, bed.at, { operations: OPERATIONS });
    return { ...made, session: { ...made.session, ...(proved === undefined ? {} : { proved }) } };
  };

  test('is previewed without it, does nothing without it, and runs the same token with it', async () => {
    const id = await bed.person();
    const shown = await preview(runner(), 'testing.proved', { id, changes: { displayName: 'Nova' } });
    if (!shown.ok) throw new Error(shown.problem.code);
    for (const proved of [undefined, false])
      expect(await start(runner(proved), shown.token)).toEqual({ is: 'problem', problem: { code: 'proof_needed' } });
    expect(await bed.happened(id)).toEqual({});
    expect(await db.selectFrom('operations').selectAll().execute()).toEqual([]);
    const started = await start(runner(true), shown.token);
    if (started.is !== 'started') throw new Error(started.is);
    await started.job;
    expect(await bed.happened(id)).toEqual({ name: 1 });
    expect(await resume(runner(false), started.entryId)).toEqual({ is: 'problem', problem: { code: 'proof_needed' } });
  });
});
