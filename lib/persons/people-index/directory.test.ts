import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Omni } from '#lib/omni/door/omni.ts';
import { omniAs } from '#lib/omni/door/request.ts';
import { getPerson, mergePersons, patchPerson } from '#lib/omni/resources/persons.ts';
import { credentialFor, sendJson, startServer, type Fixture } from '#lib/omni/testing/fixture-server.ts';
import { createControl, type Control } from '../../../sandbox/wire/control/control-client.ts';
import { startSandbox, type Sandbox } from '../../../sandbox/wire/server.ts';
import { dropDirectory, held } from './directories.ts';
import { knownDirectory, openDirectory, steerWalk } from './directory.ts';
import { findIndexed } from './find.ts';

const MINUTE = 60_000;
const later = (ms: number) => vi.setSystemTime(Date.now() + ms) && vi.advanceTimersByTime(ms);

function reader(omni: Omni, live = () => true) {
  return { omni, sid: randomUUID(), isLive: async () => live() };
}

async function opened(own: ReturnType<typeof reader>) {
  const answer = await openDirectory(own);
  if (!answer.ok) throw new Error(`refused: ${answer.error.kind}`);
  return answer.value;
}

/** The directory once nothing walks it any more. */
async function settled(own: ReturnType<typeof reader>) {
  await opened(own);
  return vi.waitFor(
    async () => {
      const directory = knownDirectory(own);
      if (!directory || directory.state.walking) throw new Error('still walking');
      return directory;
    },
    { timeout: 30_000, interval: 20 },
  );
}

afterEach(() => {
  vi.useRealTimers();
  for (const directory of held().directories.values()) dropDirectory(directory);
  held().proofs.clear();
  held().several.clear();
});

describe('the directory at hand, of a sandbox', () => {
  let sandbox: Sandbox;
  let control: Control;
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, persons: 320 });
    control = createControl(sandbox.url);
  });
  afterAll(() => sandbox.stop());
  afterEach(async () => {
    await control.reset({ persons: 320 });
  });
  const keyOf = (secret: string) => omniAs(credentialFor(sandbox.url, secret), {});
  const admin = () => reader(keyOf(sandbox.keys.admin));
  const everybody = async () =>
    (await control.sql<{ id: string }>('SELECT id FROM persons')).map(({ id }) => id).sort();

  it('holds everybody, those of one millisecond too', async () => {
    const at = Date.parse('2026-03-01T00:00:00Z') * 1000;
    await control.write(`UPDATE persons SET created_at = ?1 + rowid % 900 WHERE rowid % 4 = 0`, [at]);
    const { people, state } = await settled(admin());
    expect(state).toMatchObject({ whole: true, walking: false, why: null, crowded: false });
    expect([...people.values()].map(({ id }) => id).sort()).toEqual(await everybody());
  });

  it('says that people may be missing where 200 share a millisecond', async () => {
    const at = Date.parse('2026-03-01T00:00:00Z') * 1000;
    await control.write(`UPDATE persons SET created_at = ?1 + rowid % 900 WHERE rowid % 3 > 0`, [at]);
    const { people, state } = await settled(admin());
    const all = await everybody();
    expect(people.size < all.length).toBe(true);
    expect(state).toMatchObject({ whole: true, crowded: true });
  });

  it('is shared by keys of one server, and served to none that has not been answered the list itself', async () => {
    await settled(admin());
    const viewer = reader(keyOf(sandbox.keys.viewer));
    expect(knownDirectory(viewer)).toBeNull();
    await control.clearCalls();
    const { state } = await opened(viewer);
    expect(state).toMatchObject({ whole: true, count: (await everybody()).length });
    const { items } = await control.calls();
    expect(items.map(({ path }) => path)).toEqual(['/api/v2/persons']);
  });

  it.each([
    ['without persons:read', { scopes: ['chats:read'] }, 'forbidden'],
    ['that is revoked', { scopes: ['*'], status: 'revoked' }, 'unauthorized'],
    ['that Omni does not know', null, 'unauthorized'],
  ])('gives nothing to a key %s', async (_what, row, kind) => {
    await settled(admin());
    const secret = `omni_sk_${randomUUID().replaceAll('-', '')}`;
    if (row) await control.rows({ api_keys: [{ ...row, secret, name: 'other' }] });
    const other = reader(keyOf(secret));
    for (let tries = 0; tries < 2; tries++) {
      expect(await openDirectory(other)).toMatchObject({ ok: false, error: { kind } });
      expect(knownDirectory(other)).toBeNull();
    }
    steerWalk(other, 'go-on');
    expect(knownDirectory(other)).toBeNull();
  });

  it('gives a key that is revoked in Omni nothing a minute later', async () => {
    const secret = `omni_sk_${randomUUID().replaceAll('-', '')}`;
    await control.rows({ api_keys: [{ scopes: ['persons:read'], secret, name: 'soon revoked' }] });
    const own = reader(keyOf(secret));
    vi.useFakeTimers({ toFake: ['Date', 'performance'] });
    await settled(own);
    await control.write(`UPDATE api_keys SET status = 'revoked' WHERE name = 'soon revoked'`);
    await control.restart();
    later(MINUTE);
    expect(knownDirectory(own)).toBeNull();
    expect(await openDirectory(own)).toMatchObject({ ok: false, error: { kind: 'unauthorized' } });
    expect(knownDirectory(own)).toBeNull();
  });

  it('follows what the console changes and reads, and finds who is new within half a minute', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'] });
    const own = admin();
    const { people } = await settled(own);
    const [one, other, third] = [...people.values()].filter(({ createdAt }) => createdAt < Date.now());
    if (!one || !other || !third) throw new Error('nobody there');
    await patchPerson(own.omni, one.id, { displayName: 'Zuleika Nova' });
    expect(findIndexed(people, 'zuleika nova', 5).hits.map(({ id }) => id)).toEqual([one.id]);
    await control.write(`UPDATE persons SET display_name = 'Behind Its Back' WHERE id = ?1`, [one.id]);
    await getPerson(own.omni, one.id);
    expect(people.get(one.id)?.displayName).toBe('Behind Its Back');
    await control.rows({ persons: [{ id: randomUUID(), displayName: 'Nova Pessoa', createdAt: 2e15 }] });
    later(21_000);
    await opened(own);
    await vi.waitFor(() => expect(findIndexed(people, 'nova pessoa', 5).total).toBe(1));
    await control.write('DELETE FROM persons WHERE id = ?1', [third.id]);
    await getPerson(own.omni, third.id);
    expect(people.get(third.id)).toBeUndefined();
    const merged = await mergePersons(own.omni, { sourcePersonId: other.id, targetPersonId: one.id });
    expect([merged.ok, people.get(other.id)]).toEqual([true, undefined]);
  });

  it('hears what another replica wrote: its newest people are read again at once', async () => {
    let counted = 0;
    const own = reader({ ...keyOf(sandbox.keys.admin), writes: async () => counted });
    const { people } = await settled(own);
    const found = () => findIndexed(people, 'nova da replica', 5).total;
    await control.rows({ persons: [{ id: randomUUID(), displayName: 'Nova da Réplica', createdAt: 2e15 }] });
    await control.clearCalls();
    await opened(own);
    expect([found(), (await control.calls()).items.length]).toEqual([0, 0]);
    counted = 1;
    await opened(own);
    await vi.waitFor(() => expect(found()).toBe(1));
  });

  it('is walked again after ten minutes of use, and dropped after fifteen without', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'performance', 'setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
    const own = admin();
    const { people } = await settled(own);
    const gone = [...people.values()].at(-1);
    await control.write('DELETE FROM persons WHERE id = ?1', [gone?.id ?? '']);
    later(10 * MINUTE);
    await settled(own);
    expect(people.get(gone?.id ?? '')).toBeUndefined();
    later(15 * MINUTE + 1);
    expect([...held().directories.values(), people.size]).toEqual([0]);
  });

  it('stops when somebody says so, keeps nobody’s key then, and goes on from there', async () => {
    await control.fault({ kind: 'latency', ms: 60, times: null });
    const own = admin();
    await opened(own);
    await vi.waitFor(() => expect(knownDirectory(own)?.people.size).toBeGreaterThan(99));
    steerWalk(own, 'stop');
    const stopped = (await opened(own)).state;
    expect(stopped).toMatchObject({ walking: false, whole: false, why: 'stopped' });
    expect([...held().directories.values()].map(({ readers }) => readers.size)).toEqual([0]);
    await control.clearFaults();
    steerWalk(own, 'go-on');
    expect((await settled(own)).people.size).toBe((await everybody()).length);
  });

  it('is handed to another live session when the one that walks ends, and stops without one', async () => {
    await control.fault({ kind: 'latency', ms: 60, times: null });
    let live = true;
    const [first, second] = [reader(keyOf(sandbox.keys.admin), () => live), reader(keyOf(sandbox.keys.viewer))];
    await opened(first);
    await opened(second);
    live = false;
    await control.clearCalls();
    expect((await settled(second)).state).toMatchObject({ whole: true });
    for (const directory of held().directories.values()) dropDirectory(directory);
    live = true;
    await opened(first);
    live = false;
    expect((await settled(first)).state).toMatchObject({ whole: false, why: 'left' });
  });
});

describe('the directory at hand, of tenants', () => {
  let server: Fixture;
  /** The rows each key is answered. */
  const rows = new Map<string, { tenantId?: string | null; name: string }[]>();
  beforeAll(async () => {
    server = await startServer((response, { headers, path }) => {
      const all = rows.get(String(headers['x-api-key']));
      if (!all) {
        const error = { code: 'FORBIDDEN', message: 'Profile lock', details: { lock: 'instance', attempted: '' } };
        return sendJson(response, 403, { error });
      }
      const before = Date.parse(new URL(path, 'http://x').searchParams.get('cursor') ?? '2100-01-01');
      const time = '2026-01-01T00:00:00.000Z';
      const person = { primaryPhone: null, primaryEmail: null, avatarUrl: null, metadata: null, updatedAt: time };
      const items = all
        .map(({ name, ...row }, at) => ({
          ...person,
          ...row,
          id: `00000000-0000-4000-8000-${name.padStart(12, '0')}`,
          displayName: name,
          createdAt: new Date(Date.parse(time) - at * 1000).toISOString(),
        }))
        .filter(({ createdAt }) => Date.parse(createdAt) < before);
      sendJson(response, 200, { items: items.slice(0, 100), meta: { hasMore: items.length > 100 } });
    });
  });
  afterAll(() => server.stop());
  afterEach(() => rows.clear());
  const keyWith = (name: string, own: { tenantId?: string | null; name: string }[]) => {
    rows.set(name, own);
    return reader(omniAs(credentialFor(server.url, name), {}));
  };
  const some = (count: number, tenantId?: string | null) =>
    Array.from({ length: count }, (_, at) => ({
      ...(tenantId === undefined ? {} : { tenantId }),
      name: `${count}${at}`,
    }));
  const names = async (own: ReturnType<typeof reader>) =>
    [...(await settled(own)).people.values()].map(({ displayName }) => displayName).sort();

  it('one tenant’s people are never another’s', async () => {
    const [a, again, b] = [
      keyWith('key-a', some(3, 'a')),
      keyWith('key-a2', some(3, 'a')),
      keyWith('key-b', some(5, 'b')),
    ];
    expect(await names(a)).toEqual(['30', '31', '32']);
    expect(await names(b)).toEqual(['50', '51', '52', '53', '54']);
    expect(await names(again)).toEqual(['30', '31', '32']);
    expect(held().directories.size).toBe(2);
  });

  it('a key that is locked out of the list gets nothing of it', async () => {
    await names(keyWith('key-a', some(3, 'a')));
    const locked = reader(omniAs(credentialFor(server.url, 'key-locked'), {}));
    expect(await openDirectory(locked)).toMatchObject({ ok: false, error: { kind: 'forbidden' } });
    expect(knownDirectory(locked)).toBeNull();
  });

  it('rows that tell no tenant are one key’s own', async () => {
    expect(await names(keyWith('key-1', some(2)))).toEqual(['20', '21']);
    expect(await names(keyWith('key-2', some(4)))).toEqual(['40', '41', '42', '43']);
    expect(held().directories.size).toBe(2);
  });

  it('a key that turns out to be answered several tenants shares with nobody', async () => {
    const several = keyWith('key-both', [...some(120, 'a'), ...some(3, 'b')]);
    const a = keyWith('key-a', some(120, 'a'));
    await opened(several);
    await vi.waitFor(() => expect(held().several.size).toBe(1));
    expect((await names(several)).length).toBe(123);
    expect((await names(a)).length).toBe(120);
    expect(held().directories.size).toBe(2);
  });
});
