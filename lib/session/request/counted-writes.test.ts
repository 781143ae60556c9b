import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { expectLogged } from '#lib/guards/console-guard.ts';
import type { Omni, OmniCall } from '#lib/omni/door/omni.ts';
import { ok } from '#lib/omni/result.ts';
import { snapshot } from '#lib/omni/cache/snapshot-cache.ts';
import { openStore, type Store } from '#lib/store/database.ts';
import { StoreError } from '#lib/store/store-error.ts';
import { testEngines } from '#lib/store/testing/stores.ts';
import { countWrites } from './counted-writes.ts';

const engines = await testEngines();

const ONE = 'dddddd01-0000-4000-8000-000000000001';
const OTHER = 'dddddd02-0000-4000-8000-000000000002';
const schema = z.unknown();

/** A handle of another console: what it writes goes past this process's own snapshots. */
const elsewhere = (url: string): Omni => ({
  server: { id: 'demo', name: 'Demo', url },
  keyRef: 'k',
  request: async <T>({ schema: shape }: OmniCall<T>) => ok(shape.parse(null)),
});

describe.each(engines)('counted writes: two consoles on $name', ({ newPlace }) => {
  let db: Store;
  let url: string;
  beforeEach(async () => {
    db = await openStore(await newPlace());
    url = `http://127.0.0.1/${randomUUID()}`;
    return () => db.destroy();
  });

  /** A request that comes to this console now, and how often it had to ask Omni. */
  const look = async (...names: string[]) => {
    const omni = countWrites(elsewhere(url), db);
    const asked: string[] = [];
    for (const name of names)
      await snapshot(omni, name, async () => {
        asked.push(name);
        return ok(name);
      });
    return asked;
  };
  const write = (path: string, more: Partial<OmniCall<unknown>> = {}) =>
    countWrites(elsewhere(url), db).request({ method: 'PATCH', path, schema, ...more });
  const ALL = ['agents', `routes ${ONE}`, `routes ${OTHER}`];

  test('a route changed by one is read again by the other, and nothing else is', async () => {
    expect(await look(...ALL)).toEqual(ALL);
    expect(await look(...ALL)).toEqual([]);
    await write(`/instances/${ONE}/routes/${OTHER}`);
    expect(await look(...ALL)).toEqual([`routes ${ONE}`]);
    expect(await look(...ALL)).toEqual([]);
  });

  test('any other write makes all snapshots of that server old, and of no other', async () => {
    await look(...ALL);
    await write('/persons/merge', { method: 'POST' });
    const here = url;
    url += '/other';
    await look(...ALL);
    await write('/persons/merge', { method: 'POST' });
    url = here;
    expect(await look(...ALL)).toEqual(ALL);
    expect(await look(...ALL)).toEqual([]);
  });

  test('a read, also one by POST, makes nothing old', async () => {
    await look(...ALL);
    await write('/access/check', { method: 'POST', reads: true });
    await write('/persons', { method: 'GET' });
    expect(await look(...ALL)).toEqual([]);
  });

  test('a read during another console’s write is not kept', async () => {
    const slow = Promise.withResolvers<ReturnType<typeof ok<string>>>();
    const asked = Promise.withResolvers<void>();
    const first = snapshot(countWrites(elsewhere(url), db), 'agents', () => {
      asked.resolve();
      return slow.promise;
    });
    await asked.promise;
    await write('/persons/merge', { method: 'POST' });
    slow.resolve(ok('before'));
    expect(await first).toEqual(ok('before'));
    expect(await look('agents')).toEqual(['agents']);
  });

  test('a request from before a write does not replace what a later one read', async () => {
    const early = countWrites(elsewhere(url), db);
    expect(await early.writes?.('agents')).toBe(0);
    await write('/persons/merge', { method: 'POST' });
    await look('agents');
    const never = () => Promise.reject(new Error('asked'));
    expect(await snapshot(early, 'agents', never)).toEqual(ok('agents'));
  });

  test('of many writes at once none is lost; the writer knows of its own', async () => {
    const omni = countWrites(elsewhere(url), db);
    expect(await omni.writes?.('agents')).toBe(0);
    const path = '/persons/merge';
    await Promise.all(Array.from({ length: 30 }, () => omni.request({ method: 'POST', path, schema })));
    expect(await omni.writes?.('agents')).toBe(30);
  });

  test('a failing store delays no answer, and reads stay snapshots', async () => {
    const fail = () => {
      throw new StoreError('unreachable');
    };
    const failing: Store = Object.create(db, { insertInto: { value: fail }, selectFrom: { value: fail } });
    const omni = countWrites(elsewhere(url), failing);
    const read = vi.fn(async () => ok('read'));
    await snapshot(omni, 'agents', read);
    expect(await omni.request({ method: 'DELETE', path: `/routes/${ONE}`, schema })).toEqual(ok(null));
    await snapshot(omni, 'agents', read);
    expect(read).toHaveBeenCalledTimes(1);
    expectLogged(/session\.not_written/);
  });
});
