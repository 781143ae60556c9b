import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { expectLogged } from '#lib/guards/console-guard.ts';
import { openStore } from './database.ts';
import { storeReadiness } from './ready.ts';
import { StoreError } from './store-error.ts';
import { testEngines } from './testing/stores.ts';

const engines = await testEngines();

describe.each(engines)('storeReadiness: on $name', ({ name, newPlace }) => {
  test('a store of this version is ready, and a newer one that only added; an older, a closed one and one that took something away are not', async () => {
    const db = await openStore(await newPlace());
    const look = () => storeReadiness(() => Promise.resolve(db));
    expect(await look()).toEqual({ ready: true });
    await db.insertInto('store_migrations').values({ name: '9999-later', applied_at: 1 }).execute();
    expect(await look()).toEqual({ ready: true });
    await db.insertInto('oldest_readers').values({ migration: '9999-later', oldest_reader: '9999-later' }).execute();
    expect(await look()).toEqual({ ready: false, why: 'newer_version' });
    await sql`delete from store_migrations where name >= '0002'`.execute(db);
    expect(await look()).toEqual({ ready: false, why: 'behind' });
    await db.destroy();
    expect(await look()).toMatchObject({ ready: false });
  });

  test('a clock more than two seconds from the store’s is warned of, once in the log, and never a failure', async () => {
    const db = await openStore(await newPlace());
    const seen = (seconds: number) =>
      storeReadiness(
        () => Promise.resolve(db),
        60_000,
        () => Date.now() + seconds * 1000,
      );
    if (name === 'postgres') expectLogged(/store.clock_skew","skewMs":-?\d+/);
    for (const seconds of [-40, -16, 16, 40]) {
      const answer = await seen(seconds);
      if (name === 'sqlite') expect(answer).toEqual({ ready: true });
      else expect(Math.abs((answer.ready ? (answer.clockSkewMs ?? 0) : 0) - seconds * 1000)).toBeLessThan(1000);
    }
    expect(await seen(0)).toEqual({ ready: true });
    expect(await seen(1)).toEqual({ ready: true });
    await db.destroy();
  });
});

test('storeReadiness: a store that cannot be opened says why; one that never answers is given up', async () => {
  expect(await storeReadiness(() => Promise.reject(new StoreError('full')))).toEqual({ ready: false, why: 'full' });
  expect(await storeReadiness(() => Promise.reject(new Error('secret')))).toEqual({ ready: false, why: 'unexpected' });
  expect(await storeReadiness(() => new Promise(() => {}), 10)).toEqual({ ready: false, why: 'unreachable' });
});
