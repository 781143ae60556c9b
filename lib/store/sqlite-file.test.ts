import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import { openStore } from './database.ts';

import { kindOf, open, row } from './testing/opened.ts';

describe('openStore: one file of SQLite’s', () => {
  const folder = mkdtempSync(join(tmpdir(), 'omni-store-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('is made with its folder, for this user only', async () => {
    const file = join(folder, 'deep', 'er', 'console.db');
    await open({ file });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'deep', 'er')).mode & 0o077).toBe(0);
  });

  test('waits for another process that writes, without blocking', async () => {
    const file = join(folder, 'shared.db');
    const [db, other] = [await open({ file }), await open({ file })];
    const tx = await other.startTransaction().execute();
    await tx.insertInto('sessions').values(row('other')).execute();
    let done = false;
    const mine = db
      .insertInto('sessions')
      .values(row('mine'))
      .execute()
      .then(() => (done = true));
    await sleep(200);
    expect(done).toBe(false);
    await tx.commit().execute();
    await mine;
    expect(await db.selectFrom('sessions').select('id').orderBy('id').execute()).toHaveLength(2);
  });

  test('overwrites what was deleted', async () => {
    const file = join(folder, 'wiped.db');
    const db = await openStore({ file });
    await db
      .insertInto('sessions')
      .values(row('1', { key_name: 'a-very-recognisable-name' }))
      .execute();
    await db.deleteFrom('sessions').execute();
    await db.destroy();
    expect(readFileSync(file).includes('a-very-recognisable-name')).toBe(false);
  });

  test.each<[string, string, (path: string) => void]>([
    ['a folder where the file should be', 'unwritable', (path) => mkdirSync(path)],
    ['something else', 'corrupt', (path) => writeFileSync(path, 'This is a letter, not a database. '.repeat(200))],
  ])('%s is %s', async (what, kind, make) => {
    const file = join(folder, what);
    make(file);
    expect(await kindOf(open({ file }))).toBe(kind);
  });

  test('a file where its folder should be is unwritable', async () => {
    writeFileSync(join(folder, 'not-a-folder'), '');
    expect(await kindOf(open({ file: join(folder, 'not-a-folder', 'console.db') }))).toBe('unwritable');
  });

  test('a damaged file is corrupt, at the opening or at the first read', async () => {
    const file = join(folder, 'damaged.db');
    const db = await openStore({ file });
    await db
      .insertInto('sessions')
      .values(Array.from({ length: 300 }, (_, index) => row(String(index))))
      .execute();
    await db.destroy();
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(0xa5, 4096));
    const reading = open({ file }).then((again) => again.selectFrom('sessions').selectAll().execute());
    expect(await kindOf(reading)).toBe('corrupt');
  });

  test('a full disk is named, and the transaction is rolled back', async () => {
    const db = await open({ file: join(folder, 'full.db') });
    await sql`pragma max_page_count = 30`.execute(db);
    const fill = db.transaction().execute(async (tx) => {
      for (let index = 0; ; index += 1) {
        await tx
          .insertInto('sessions')
          .values(row(String(index), { key_name: 'x'.repeat(2000) }))
          .execute();
      }
    });
    expect(await kindOf(fill)).toBe('full');
    expect(await db.selectFrom('sessions').selectAll().execute()).toEqual([]);
  });

  test('a file that was deleted while it was open takes no more writes, and is still read', async () => {
    const file = join(folder, 'deleted.db');
    const db = await open({ file });
    await db.insertInto('sessions').values(row('1')).execute();
    rmSync(file);
    expect(await kindOf(db.insertInto('sessions').values(row('2')).execute())).toBe('gone');
    expect(await kindOf(db.transaction().execute(async () => undefined))).toBe('gone');
    expect(await db.selectFrom('sessions').selectAll().execute()).toHaveLength(1);
  });

  test('a file that may only be read refuses writes', async () => {
    const db = await open({ file: join(folder, 'read-only.db') });
    await sql`pragma query_only = on`.execute(db);
    expect(await kindOf(db.insertInto('sessions').values(row('1')).execute())).toBe('unwritable');
  });

  test('works in bare Node, without a warning', () => {
    const script = `
      import { openStore } from '#lib/store/database.ts';
      const db = await openStore({ file: ':memory:' });
      console.log((await db.selectFrom('sessions').selectAll().execute()).length);
      await db.destroy();`;
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['--conditions=react-server', '--input-type=module', '-e', script],
      { encoding: 'utf8', cwd: join(import.meta.dirname, '..', '..') },
    );
    expect({ stdout, stderr }).toEqual({ stdout: '0\n', stderr: '' });
  });
});
