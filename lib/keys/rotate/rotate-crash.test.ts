import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '#lib/operations/plan/define.ts';
import type { Entry } from '#lib/operations/journal/entry.ts';
import { listEntries } from '#lib/operations/journal/list.ts';
import type { Runner } from '#lib/operations/plan/preview.ts';
import { startChild } from '#lib/operations/testing/child.ts';
import type { KillPoint } from '#lib/operations/testing/run-order.ts';
import { MAY_HAPPEN_MS } from '#lib/operations/run/watch.ts';
import { continueEntry, lapse, madeOlder, shown, completed } from '#lib/operations/testing/runs.ts';
import { openStore, type Store } from '#lib/store/database.ts';
import { createControl, type Control } from '../../../sandbox/wire/control/control-client.ts';
import { startSandbox, type Sandbox } from '../../../sandbox/wire/server.ts';
import { progressOf, startRotation } from '#lib/keys/testing/rotation-bed.ts';
import { callWith, newKey, runnerOfKeys, type TestKey } from '#lib/keys/testing/bed.ts';
import { acknowledge, recordRotation } from './rotations.ts';

const CHILD = join(import.meta.dirname, '..', 'testing', 'rotate-child.ts');
const HOUR = 3_600_000;

/** What the spine's own crash test proves for any step comes in `npm run soak` only. */
const SOAK = process.env.SOAK === '1';
const inSoak = <T>(...cases: T[]): T[] => (SOAK ? cases : []);
const folder = mkdtempSync(join(tmpdir(), 'omni-rotate-crash-'));
const place = { file: join(folder, 'console.db') };
let sandbox: Sandbox;
let control: Control;
let db: Store;
let runner: Runner;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, persons: 20 });
  control = createControl(sandbox.url);
  await control.rateLimit(1_000_000);
  db = await openStore(place);
  runner = runnerOfKeys(db, sandbox.url, sandbox.keys.admin);
});
afterAll(async () => {
  await db.destroy();
  await sandbox.stop();
});

const kill = (at: KillPoint['at'], nth: number, when: KillPoint['when']): KillPoint => ({ at, nth, when });

/** Runs an operation in a process that kills itself there; the entry as it left it, its lease run out. */
async function killed(name: string, input: Json, point: KillPoint, who: string): Promise<Entry> {
  const { token } = await shown(runner, name, input);
  const order = { place, url: sandbox.url, key: sandbox.keys.admin, tokens: [token], kill: point, who };
  const { signal, err } = await startChild(order, CHILD).ended;
  expect({ signal, err }).toEqual({ signal: 'SIGKILL', err: '' });
  const [entry] = await listEntries(db, { server: 'demo', actor: '', scopes: ['*'] }, { operation: name }, 1);
  if (!entry) throw new Error('no entry');
  await lapse(runner, entry.id);
  return entry;
}

async function begun(key: TestKey): Promise<string> {
  const id = randomUUID();
  const row = { id, server: 'demo', actor: 'demo/ana', who: 'Ana', keyName: key.name, oldKeyId: key.id };
  const wanted = { ...row, oldPrefix: key.prefix, oldExpiresAt: null, overlap: '1h' as const, quietMinutes: 5 };
  expect(await recordRotation(db, wanted, Date.now())).toBeNull();
  return id;
}

const named = (name: string) => control.sql<{ status: string }>('SELECT status FROM api_keys WHERE name = ?', [name]);
const rowOf = async (id: string) =>
  (await control.sql<Record<string, number | string | null>>('SELECT * FROM api_keys WHERE id = ?', [id]))[0];

/** A rotation whose new key is stored. */
async function stored() {
  const key = await newKey(control, { description: 'CRM' });
  const { id, delivered } = await startRotation(runner, key);
  if (!delivered) throw new Error('nothing delivered');
  await acknowledge(db, id, Date.now());
  const { row, now } = await progressOf(runner, id);
  return { key, id, secret: delivered.secret, fresh: { id: delivered.keyId, prefix: row.newPrefix ?? '' }, now };
}

type Stored = Awaited<ReturnType<typeof stored>>;
const expiry = ({ key, id, fresh, now }: Stored, ms = HOUR) => ({
  keyId: key.id,
  expiresAt: new Date(now + ms).toISOString(),
  replacedBy: fresh,
  rotationId: id,
});

describe('kill -9 in a rotation', () => {
  test.each<[string, KillPoint, string, number]>([
    ...inSoak<[string, KillPoint, string, number]>([
      'before the key is asked for',
      kill('write', 1, 'before'),
      'failed',
      1,
    ]),
    ['with the key created and not answered', kill('write', 1, 'after'), 'differs', 2],
    ['while it is checked', kill('transaction', 5, 'after'), 'differs', 2],
    ['done, and its page without an answer', kill('transaction', 7, 'after'), 'done', 2],
  ])(
    'keys.create-for-rotation, %s: no key is created twice, none counts as delivered that was not',
    async (name, point, ends, keys) => {
      const key = await newKey(control);
      const id = await begun(key);
      const entry = await killed(
        'keys.create-for-rotation',
        { rotationId: id, keyId: key.id, expiresAt: null },
        point,
        id,
      );
      let ended = ends === 'done' ? entry : await continueEntry(runner, entry.id);
      if (ended.status === 'unconfirmed') {
        await madeOlder(runner, entry.id, MAY_HAPPEN_MS);
        ended = await continueEntry(runner, entry.id);
      }
      expect(ended.status).toBe(ends);
      expect(await named(key.name)).toHaveLength(keys);
      const progress = await progressOf(runner, id);
      // Only whoever had the answer could have read it, and the last of these died right before it gave one.
      expect([progress.state, progress.delivered]).toEqual(
        keys === 1 ? ['not-created', false] : ['unstored', name.startsWith('done')],
      );
      expect(await callWith(sandbox.url, key.secret)).toBe(200);
      if (keys === 1) return;
      const cancel = { rotationId: id, oldKeyId: key.id, newKeyId: progress.row.newKeyId, oldExpiresAt: null };
      await completed(runner, 'keys.cancel-rotation', cancel);
      expect((await named(key.name)).map(({ status }) => status).toSorted()).toEqual(['active', 'revoked']);
    },
  );

  test('readRotationProgress: another process finds a stored rotation as it was left', async () => {
    const one = await stored();
    const other = await openStore(place);
    const progress = await progressOf({ ...runner, db: other }, one.id);
    expect([progress.state, progress.row.newKeyId]).toEqual(['stored', one.fresh.id]);
    await other.destroy();
  });

  test.each<[string, KillPoint]>([
    ...inSoak<[string, KillPoint]>(['before the expiry is set', kill('write', 1, 'before')]),
    ['with the end set and not answered', kill('write', 1, 'after')],
  ])('keys.set-expiry, %s: Continue sets it once', async (_, point) => {
    const one = await stored();
    const entry = await killed('keys.set-expiry', expiry(one), point, one.id);
    expect((await continueEntry(runner, entry.id)).status).toBe('done');
    const row = await rowOf(one.key.id);
    expect([row?.expires_at, row?.description]).toEqual([
      (one.now + HOUR) * 1000,
      `CRM [replaced by ${one.fresh.prefix}… ${one.fresh.id}]`,
    ]);
    expect((await progressOf(runner, one.id)).state).toBe('overlap');
  });

  test.each<[string, KillPoint]>([
    ...inSoak<[string, KillPoint]>(['before it is revoked', kill('write', 1, 'before')]),
    ['with it revoked and not answered', kill('write', 1, 'after')],
  ])('keys.revoke, %s: Continue revokes it once', async (_, point) => {
    const one = await stored();
    await completed(runner, 'keys.set-expiry', expiry(one));
    const input = { id: one.key.id, reason: 'Rotated', replacedBy: one.fresh.id };
    const entry = await killed('keys.revoke', input, point, one.id);
    expect((await continueEntry(runner, entry.id)).status).toBe('done');
    expect(await rowOf(one.key.id)).toMatchObject({ status: 'revoked', revoke_reason: 'Rotated' });
    expect(await callWith(sandbox.url, one.secret)).toBe(200);
    expect((await progressOf(runner, one.id)).state).toBe('done');
  });

  test.each<[string, KillPoint]>([
    ['between the two keys', kill('write', 2, 'before')],
    ...inSoak<[string, KillPoint]>(
      ['before the old key is put back', kill('write', 1, 'before')],
      ['with the new key revoked and not answered', kill('write', 2, 'after')],
    ),
  ])('keys.cancel-rotation, %s: Continue ends with the old key as it was', async (_, point) => {
    const one = await stored();
    await completed(runner, 'keys.set-expiry', expiry(one));
    const input = { rotationId: one.id, oldKeyId: one.key.id, newKeyId: one.fresh.id, oldExpiresAt: null };
    const entry = await killed('keys.cancel-rotation', input, point, one.id);
    expect(await callWith(sandbox.url, one.key.secret)).toBe(200);
    expect((await continueEntry(runner, entry.id)).status).toBe('done');
    expect(await rowOf(one.key.id)).toMatchObject({ status: 'active', expires_at: null, description: 'CRM' });
    expect((await rowOf(one.fresh.id))?.status).toBe('revoked');
    expect((await progressOf(runner, one.id)).state).toBe('cancelled');
  });

  test('keys.create-for-rotation: after all this no new key stands in the store', () => {
    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)).toString('latin1'));
    for (const text of files) expect(text).not.toMatch(/omni_sk_[A-Za-z0-9]{32}/);
  });
});
