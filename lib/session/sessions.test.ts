import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore, type Store } from '#lib/store/database.ts';
import { Sealer } from '#lib/store/seal.ts';
import { testEngines } from '#lib/store/testing/stores.ts';
import { UNKNOWN_CAPABILITIES } from './sign-in/capabilities.ts';
import {
  createSession,
  endAllOf,
  endSession,
  listSessions,
  noteProof,
  readSessionRow,
  tidySessions,
  touchSession,
  type NewSession,
} from './sessions.ts';

process.env.SESSION_PASSWORDS = `1:${'p'.repeat(32)}`;

const engines = await testEngines();

const MINUTE = 60_000;
const NOW = 1_795_458_429_123;
const limits = { idleMs: 120 * MINUTE, maxMs: 720 * MINUTE };
const session = (more: Partial<NewSession> = {}): NewSession => ({
  server: 'local',
  actor: 'local/1.abc',
  actorKeyId: null,
  keyName: 'Suporte',
  yourName: 'Ana Luíza 🌻',
  scopes: ['persons:read', 'persons:*'],
  instances: ['11111111-1111-4111-8111-111111111111'],
  capabilities: { ...UNKNOWN_CAPABILITIES, generation: 'current', agents: 'yes' },
  ...more,
});

describe.each(engines)('sessions on $name', ({ newPlace }) => {
  let db: Store;
  beforeAll(async () => {
    db = await openStore(await newPlace());
  });
  afterAll(() => db.destroy());

  test('a session is read as it was created', async () => {
    const id = await createSession(db, session(), NOW);
    expect(await readSessionRow(db, id)).toEqual({
      ...session(),
      id,
      createdAt: NOW,
      lastSeenAt: NOW,
      lastProofAt: NOW,
      endedAt: null,
      endReason: null,
      browser: null,
      formers: [],
    });
    expect(await readSessionRow(db, 'nobody')).toBeNull();
  });

  test('unknown scopes, all instances and no name are kept as such', async () => {
    const more = { scopes: null, instances: 'all', yourName: null, actorKeyId: 'k1' } as const;
    const id = await createSession(db, session(more), NOW);
    expect(await readSessionRow(db, id)).toMatchObject(more);
  });

  test('names are sealed, each for its own row', async () => {
    const [a, b] = [
      await createSession(db, session(), NOW),
      await createSession(db, session({ yourName: 'Bia' }), NOW),
    ];
    const stored = await db.selectFrom('sessions').selectAll().where('id', 'in', [a, b]).execute();
    expect(JSON.stringify(stored)).not.toMatch(/Ana|Bia/);
    const moved = stored.find(({ id }) => id === a)?.your_name ?? '';
    await db.updateTable('sessions').set({ your_name: moved }).where('id', '=', b).execute();
    expect((await readSessionRow(db, b))?.yourName).toBeNull();
    expect((await readSessionRow(db, a))?.yourName).toBe('Ana Luíza 🌻');
  });

  test('a name whose store key is gone is null; the session stays live', async () => {
    const id = await createSession(db, session(), NOW, new Sealer({ 7: 'z'.repeat(32) }));
    expect(await readSessionRow(db, id)).toMatchObject({ yourName: null, keyName: 'Suporte' });
  });

  test('damaged columns read as unknown, never as more scopes', async () => {
    const id = await createSession(db, session(), NOW);
    await db
      .updateTable('sessions')
      .set({ scopes: '{"a":', instances: '5', capabilities: 'no' })
      .where('id', '=', id)
      .execute();
    expect(await readSessionRow(db, id)).toMatchObject({
      scopes: null,
      instances: 'unknown',
      capabilities: UNKNOWN_CAPABILITIES,
    });
  });

  test('last seen changes at most once a minute, and never back', async () => {
    const id = await createSession(db, session(), NOW);
    const seenAt = async () => (await readSessionRow(db, id))?.lastSeenAt;
    const at = (lastSeenAt: number) => ({ id, lastSeenAt });
    await touchSession(db, at(NOW), NOW + MINUTE - 1);
    expect(await seenAt()).toBe(NOW);
    await touchSession(db, at(NOW), NOW + MINUTE);
    expect(await seenAt()).toBe(NOW + MINUTE);
    // Another request read the row before it moved, and comes later with an older time.
    await touchSession(db, at(NOW), NOW + MINUTE + 5);
    await touchSession(db, at(NOW - 5 * MINUTE), NOW);
    expect(await seenAt()).toBe(NOW + MINUTE);
  });

  test('a proof is recorded while the session is live', async () => {
    const id = await createSession(db, session(), NOW);
    await noteProof(db, id, NOW + 5);
    expect((await readSessionRow(db, id))?.lastProofAt).toBe(NOW + 5);
    await endSession(db, id, 'signed_out', NOW + 6);
    await noteProof(db, id, NOW + 7);
    await touchSession(db, { id, lastSeenAt: NOW }, NOW + 10 * MINUTE);
    expect(await readSessionRow(db, id)).toMatchObject({ lastProofAt: NOW + 5, lastSeenAt: NOW });
  });

  test('a session ends once, with the first reason, and its name is deleted', async () => {
    const id = await createSession(db, session(), NOW);
    expect(await endSession(db, id, 'signed_out', NOW + 1)).toBe(true);
    expect(await endSession(db, id, 'idle', NOW + 2)).toBe(false);
    expect(await endSession(db, 'nobody', 'idle', NOW + 2)).toBe(false);
    expect(await readSessionRow(db, id)).toMatchObject({ endedAt: NOW + 1, endReason: 'signed_out', yourName: null });
  });

  test('an actor’s sessions are listed under all its names, live ones only, and ended together', async () => {
    const mine = (more: Partial<NewSession>, at: number) =>
      createSession(db, session({ actor: 'local/1.mine', ...more }), at);
    const older = await mine({}, NOW - 10 * MINUTE);
    const newer = await mine({ actor: 'local/2.mine' }, NOW);
    const ended = await mine({}, NOW);
    await endSession(db, ended, 'signed_out', NOW);
    await mine({}, NOW - 121 * MINUTE);
    await mine({}, NOW - 720 * MINUTE);
    const other = await createSession(db, session({ actor: 'local/1.other' }), NOW);
    const names = ['local/2.mine', 'local/1.mine'];
    const listed = await listSessions(db, names, NOW, limits);
    expect(listed.map(({ id }) => id)).toEqual([newer, older]);
    expect(await endAllOf(db, names, 'signed_out_everywhere', NOW)).toBe(4);
    expect(await listSessions(db, names, NOW, limits)).toEqual([]);
    expect((await readSessionRow(db, other))?.endedAt).toBeNull();
  });

  test('tidySessions ends what is over its limits, deletes what is old, and leaves the rest', async () => {
    const day = 1440 * MINUTE;
    const over = await createSession(db, session(), NOW - 720 * MINUTE);
    const live = await createSession(db, session(), NOW - 719 * MINUTE);
    const longGone = await createSession(db, session(), NOW - 91 * day);
    await tidySessions(db, NOW, limits, NOW - 90 * day);
    expect(await readSessionRow(db, over)).toMatchObject({ endReason: 'expired', endedAt: NOW, yourName: null });
    expect(await readSessionRow(db, live)).toMatchObject({ endedAt: null });
    expect(await readSessionRow(db, longGone)).toBeNull();
  });
});
