import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, describe, expect, test } from 'vitest';
import { runnerFor } from '#lib/operations/testing/bed.ts';
import { countingBed } from '#lib/operations/testing/counting-bed.ts';
import { begun, continueEntry, carryOut, entryOf, tally } from '#lib/operations/testing/runs.ts';
import { openStore, type Store } from '#lib/store/database.ts';
import { storeReadiness } from '#lib/store/ready.ts';
import { testEngines } from '#lib/store/testing/stores.ts';
import { CONTRACTS, MIGRATIONS } from './all.ts';
import type { Migration } from './migrate.ts';

const engines = await testEngines();
const bed = await countingBed();

const opened: Store[] = [];
async function open(...args: Parameters<typeof openStore>): Promise<Store> {
  const db = await openStore(...args);
  opened.push(db);
  return db;
}
afterEach(async () => {
  for (const db of opened.splice(0)) await db.destroy();
});

/** What a next version could add. */
const expand: Migration = async (tx) => {
  await tx.schema.createTable('later').addColumn('id', 'text').execute();
  await tx.schema.alterTable('operations').addColumn('later', 'text').execute();
  await tx.schema
    .alterTable('sessions')
    .addColumn('later', 'bigint', (column) => column.defaultTo(0))
    .execute();
};
const nothing: Migration = async () => {};
const NEXT = { ...MIGRATIONS, '9997-expand': expand };

describe.each(engines)('upgrade: a store on $name', ({ newPlace }) => {
  test('that a later version only added to is opened by this one, and is ready', async () => {
    const place = await newPlace();
    await open(place);
    await open(place, NEXT);
    const again = await open(place);
    expect(await storeReadiness(() => Promise.resolve(again))).toEqual({ ready: true });
  });

  test('is refused by versions below its oldest reader only, with a sentence', async () => {
    const place = await newPlace();
    const contracted = { ...NEXT, '9998-contract': nothing };
    await open(place, contracted, { '9998-contract': '9997-expand' });
    await expect(open(place)).rejects.toThrow(/newer version of the console/);
    await open(place, NEXT);
  });

  test('of before stores told their readers is refused when it has a migration this version lacks', async () => {
    const place = await newPlace();
    const { '0022-oldest-readers': _, ...before } = MIGRATIONS;
    await open(place, { ...before, '9998-later': nothing });
    await expect(open(place)).rejects.toThrow(/newer version of the console/);
  });

  test('is worked on by two neighbouring versions at once: each finishes what the other began, nothing twice', async () => {
    const place = await newPlace();
    const old = await open(place);
    const next = await open(place, NEXT);
    const restarted = await open(place);
    const runs = [old, next, restarted].map((db) => runnerFor(db, bed.at));
    const people = await Promise.all(Array.from({ length: 12 }, () => bed.person()));
    const entries = await Promise.all(
      people.map(async (id, at) => {
        const runner = runs[at % runs.length];
        if (!runner) throw new Error('no runner');
        return carryOut(runner, 'persons.edit', { id, changes: { displayName: `Nova ${at}` } });
      }),
    );
    expect(tally(entries.map(({ status }) => status))).toEqual({ done: 12 });
    for (const id of people) expect(await bed.happened(id)).toEqual({ name: 1 });

    const [oldRunner, nextRunner] = runs;
    if (!oldRunner || !nextRunner) throw new Error('no runner');
    for (const [one, other] of [
      [oldRunner, nextRunner],
      [nextRunner, oldRunner],
    ] as const) {
      const input = await bed.five();
      await bed.control.fault({ kind: 'status', status: 403, method: 'PATCH', path: '/routes/', nth: 2 });
      const { entryId, job } = await begun(one, 'testing.five', input);
      await job;
      await bed.control.clearFaults();
      expect((await entryOf(other, entryId)).status).toBe('failed');
      expect((await continueEntry(other, entryId)).status).toBe('done');
      expect(await bed.happened(input.personId)).toMatchObject({ create: 1, name: 1, rule: 1 });
    }
    const { rows } = await sql<{ count: number }>`select count(*) as count from operation_locks`.execute(old);
    expect(Number(rows[0]?.count)).toBe(0);
  });
});

/** What takes something away, or must be given by whoever writes. */
const TAKES = /\b(drop\w*|rename\w*|setNotNull|setDataType|alterColumn|deleteFrom)\b|not null(?!.*default)/i;
const ADDED_COLUMN = /addColumn\([^;]*?notNull\(\)(?![^;]*defaultTo)/s;

function contracting(text: string): boolean {
  const altered = text.split(/(?=\.alterTable\()/).slice(1);
  return TAKES.test(text) || altered.some((part) => ADDED_COLUMN.test(part.split(/;|createTable/)[0] ?? ''));
}

test('migrations: from 0022 on each only adds, or says which versions can still read', () => {
  const files = readdirSync(import.meta.dirname).filter((name) => /^\d{4}-.*\.ts$/.test(name) && name >= '0022');
  expect(files.length).toBeGreaterThan(0);
  const silent = files.filter(
    (name) =>
      contracting(readFileSync(join(import.meta.dirname, name), 'utf8')) && !CONTRACTS[name.replace(/\.ts$/, '')],
  );
  expect(silent).toEqual([]);
  expect(Object.keys(CONTRACTS).filter((name) => !MIGRATIONS[name])).toEqual([]);
});

test.each([
  ["tx.schema.alterTable('a').addColumn('b', 'text').execute();", false],
  ["tx.schema.createTable('a').addColumn('b', 'text', (column) => column.notNull()).execute();", false],
  ["tx.schema.alterTable('a').addColumn('b', 'text', (column) => column.notNull().defaultTo('')).execute();", false],
  ["tx.schema.alterTable('a').addColumn('b', 'text', (column) => column.notNull()).execute();", true],
  ["tx.schema.alterTable('a').dropColumn('b').execute();", true],
  ["tx.schema.alterTable('a').renameTo('b').execute();", true],
  ["tx.schema.dropTable('a').execute();", true],
  ["tx.deleteFrom('a').execute();", true],
])('migrations: that %s takes something away is %s', (text, takes) => {
  expect(contracting(text)).toBe(takes);
});
