import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { closeStore, openStore, store, type Store, type StorePlace } from './database.ts';
import { MIGRATIONS } from './migrations/all.ts';
import { storeErrorOf } from './store-error.ts';
import { testEngines } from './testing/stores.ts';

import { kindOf, open, row } from './testing/opened.ts';

const engines = await testEngines();

describe.each(engines)('openStore: a store on $name', ({ name, newPlace }) => {
  test('keeps what was written, as plain objects with numbers, for the next process', async () => {
    const place = await newPlace();
    const first = await openStore(place);
    await first.insertInto('sessions').values(row('1')).execute();
    await first.destroy();
    const db = await open(place);
    const found = await db.selectFrom('sessions').selectAll().executeTakeFirstOrThrow();
    expect(found).toEqual(row('1'));
    expect(Object.getPrototypeOf(found)).toBe(Object.prototype);
    const { count } = await db
      .selectFrom('sessions')
      .select((all) => all.fn.countAll().as('count'))
      .executeTakeFirstOrThrow();
    expect(count).toBe(1);
  });

  test('says how many rows a write changed, and answers with rows where asked', async () => {
    const db = await open(await newPlace());
    const inserted = await db
      .insertInto('sessions')
      .values([row('1'), row('2')])
      .executeTakeFirst();
    expect(inserted.numInsertedOrUpdatedRows).toBe(2n);
    const updated = await db.updateTable('sessions').set({ actor: 'b' }).where('id', '=', '2').executeTakeFirst();
    expect(updated.numUpdatedRows).toBe(1n);
    const none = await db.updateTable('sessions').set({ actor: 'b' }).where('id', '=', '9').executeTakeFirst();
    expect(none.numUpdatedRows).toBe(0n);
    const gone = await db.deleteFrom('sessions').where('actor', '=', 'b').returning('id').execute();
    expect(gone).toEqual([{ id: '2' }]);
  });

  test('a broken rule of the schema is a plain error, not a failure of the store', async () => {
    const db = await open(await newPlace());
    await db.insertInto('sessions').values(row('1')).execute();
    const again = db.insertInto('sessions').values(row('1')).execute();
    const error: unknown = await again.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(Error);
    expect(storeErrorOf(error)).toBeUndefined();
  });

  test('a transaction that fails leaves nothing', async () => {
    const db = await open(await newPlace());
    const work = db.transaction().execute(async (tx) => {
      await tx.insertInto('sessions').values(row('1')).execute();
      throw new Error('stop');
    });
    await expect(work).rejects.toThrow('stop');
    expect(await db.selectFrom('sessions').selectAll().execute()).toEqual([]);
  });

  test('code that runs meanwhile is not inside the transaction', async () => {
    const db = await open(await newPlace());
    const outside: Promise<unknown>[] = [];
    const inside = db.transaction().execute(async (tx) => {
      await tx.insertInto('sessions').values(row('inside')).execute();
      outside.push(db.insertInto('sessions').values(row('outside')).execute());
      await sleep(30);
      throw new Error('roll back');
    });
    await expect(inside).rejects.toThrow('roll back');
    await Promise.all(outside);
    expect(await db.selectFrom('sessions').select('id').execute()).toEqual([{ id: 'outside' }]);
  });

  test('of many read-then-write transactions at once none is lost', async () => {
    const place = await newPlace();
    const stores = [await open(place), await open(place)];
    await stores[0]
      ?.insertInto('sessions')
      .values(row('1', { last_seen_at: 0 }))
      .execute();
    const bump = (db: Store) =>
      db.transaction().execute(async (tx) => {
        const query = tx.selectFrom('sessions').select('last_seen_at').where('id', '=', '1');
        const { last_seen_at } = await (name === 'postgres' ? query.forUpdate() : query).executeTakeFirstOrThrow();
        await sleep(1);
        await tx
          .updateTable('sessions')
          .set({ last_seen_at: last_seen_at + 1 })
          .execute();
      });
    await Promise.all(Array.from({ length: 20 }, (_, index) => bump(stores[index % 2] as Store)));
    const { last_seen_at } = await (stores[0] as Store).selectFrom('sessions').selectAll().executeTakeFirstOrThrow();
    expect(last_seen_at).toBe(20);
  });

  test('replicas that start together bring it up to date once', async () => {
    const place = await newPlace();
    let made = 0;
    const migrations = {
      ...MIGRATIONS,
      '9998-more': async (tx: Store) => {
        made += 1;
        await tx.schema.createTable('more').addColumn('id', 'text').execute();
      },
    };
    const replicas = await Promise.all(Array.from({ length: 4 }, () => open(place, migrations)));
    expect(made).toBe(1);
    const names = await replicas[0]?.selectFrom('store_migrations').select('name').orderBy('name').execute();
    expect(names?.map(({ name: applied }) => applied)).toEqual([...Object.keys(MIGRATIONS), '9998-more']);
  });

  test('a migration that fails leaves the store as it was', async () => {
    const place = await newPlace();
    await (await openStore(place)).destroy();
    const broken = async (tx: Store) => {
      await tx.schema.createTable('half').addColumn('id', 'text').execute();
      throw new Error('broken migration');
    };
    await expect(open(place, { ...MIGRATIONS, '9998-half': broken })).rejects.toThrow('broken migration');
    const db = await open(place);
    await expect(sql`select * from half`.execute(db)).rejects.toThrow(/half/);
  });
});

describe('openStore: PostgreSQL', () => {
  test('that does not answer is unreachable, and its address is not shown', async () => {
    const error: unknown = await open({ url: 'postgres://ana:hunter2@127.0.0.1:1/console' }).catch(
      (reason: unknown) => reason,
    );
    expect(storeErrorOf(error)).toMatchObject({ kind: 'unreachable', sentenceKey: 'store_unreachable' });
    expect(String(error)).not.toContain('hunter2');
  });

  test.each(engines.filter(({ name }) => name === 'postgres'))(
    'without the database is unreachable',
    async ({ newPlace }) => {
      const place = (await newPlace()) as { url: string };
      expect(await kindOf(open({ url: `${place.url}_not` }))).toBe('unreachable');
    },
  );

  test.each(engines.filter(({ name }) => name === 'postgres'))(
    'that drops the connections is unreachable, then there again',
    async ({ newPlace }) => {
      const db = await open(await newPlace());
      const tx = await db.startTransaction().execute();
      const other = sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
      await other.execute(db);
      expect(await kindOf(tx.selectFrom('sessions').selectAll().execute())).toBe('unreachable');
      await tx
        .rollback()
        .execute()
        .catch(() => {});
      await expect(db.selectFrom('sessions').selectAll().execute()).resolves.toEqual([]);
    },
  );
});

describe('openStore: the store of this process', () => {
  const folder = mkdtempSync(join(tmpdir(), 'omni-store-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const place: StorePlace = { file: join(folder, 'mine', 'console.db') };

  test('is opened once, tried anew after a failure, and is one for two copies of the module', async () => {
    vi.stubEnv('STORE_FILE', place.file);
    vi.stubEnv('SESSION_PASSWORDS', `1:${'k'.repeat(32)}`);
    writeFileSync(join(folder, 'mine'), 'in the way');
    expect(await kindOf(store())).toBe('unwritable');
    rmSync(join(folder, 'mine'));
    const [one, two] = await Promise.all([store(), store()]);
    expect(one).toBe(two);
    vi.resetModules();
    const copy = await import('./database.ts');
    expect(copy.store).not.toBe(store);
    expect(await copy.store()).toBe(one);
    await closeStore();
    expect(await store()).not.toBe(one);
    await closeStore();
  });
});
