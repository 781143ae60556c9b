import { inspect } from 'node:util';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { sealCookie } from './seal.ts';
import { forgetOpened, isKept, openKept } from './opened-cookies.ts';
import { createSession, endAllOf, endSession } from './sessions.ts';
import { openStore, type Store } from '#lib/store/database.ts';
import { Sealer } from '#lib/store/seal.ts';
import { UNKNOWN_CAPABILITIES } from './sign-in/capabilities.ts';

const KEY = `omni_sk_${'K'.repeat(32)}`;
const SERVER = { id: 'local', name: 'Local', url: 'http://127.0.0.1' };
const MINUTE = 60_000;
const secrets = { SESSION_PASSWORDS: { 1: 'p'.repeat(32) }, SESSION_MAX_MINUTES: 720 };
const sealer = new Sealer({ 1: 's'.repeat(32) });
const cookieOf = (sid: string, minutes = 720) =>
  sealCookie({ sid, server: 'local', key: KEY }, { ...secrets, SESSION_MAX_MINUTES: minutes });

let db: Store;
beforeAll(async () => {
  db = await openStore({ file: ':memory:' });
  return () => db.destroy();
});
afterEach(() => void vi.useRealTimers());

const session = (actor: string) =>
  createSession(
    db,
    {
      server: 'local',
      actor,
      actorKeyId: null,
      keyName: 'k',
      yourName: null,
      scopes: null,
      instances: 'all',
      capabilities: UNKNOWN_CAPABILITIES,
    },
    Date.now(),
    sealer,
  );

describe('opened cookies', () => {
  test('one is opened once, by each value of its own', async () => {
    const sid = await session('a');
    const [one, other] = [await cookieOf(sid), await cookieOf(sid)];
    const first = await openKept(one, secrets);
    expect(await openKept(one, secrets)).toBe(first);
    expect(await openKept(other, secrets)).not.toBe(first);
    if (!first.ok) throw new Error(first.reason);
    expect(first.credentialAt(SERVER).reveal()).toBe(KEY);
  });

  test('one that was changed is never taken for the one it was', async () => {
    const value = await cookieOf(await session('a'));
    await openKept(value, secrets);
    for (let at = 0; at < value.length - 2; at += 31) {
      const changed = value.slice(0, at) + (value[at] === 'x' ? 'y' : 'x') + value.slice(at + 1);
      expect((await openKept(changed, secrets)).ok, `changed at ${at}`).toBe(false);
    }
  });

  test('is forgotten after 15 minutes without being asked for, and before that when its seal ends', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'Date'] });
    const [long, short] = [await session('a'), await session('a')];
    await openKept(await cookieOf(long), secrets);
    await openKept(await cookieOf(short, 5), secrets);
    vi.advanceTimersByTime(6 * MINUTE);
    expect([isKept(long), isKept(short)]).toEqual([true, false]);
    vi.advanceTimersByTime(9 * MINUTE);
    expect(isKept(long)).toBe(false);
  });

  test('a session that ends takes its cookies along, whichever way it ends', async () => {
    const [one, two, other] = [await session('b'), await session('b'), await session('c')];
    for (const sid of [one, two, other]) await openKept(await cookieOf(sid), secrets);
    await endSession(db, one, 'signed_out', Date.now());
    expect([one, two, other].map(isKept)).toEqual([false, true, true]);
    await endAllOf(db, ['b'], 'signed_out_everywhere', Date.now());
    expect([two, other].map(isKept)).toEqual([false, true]);
    forgetOpened([other]);
    expect(isKept(other)).toBe(false);
  });

  test('nothing of it can be printed', async () => {
    const value = await cookieOf(await session('a'));
    await openKept(value, secrets);
    const memory = Reflect.get(globalThis, Symbol.for('omni-console.opened-cookies'));
    expect(inspect(memory, { depth: 9, showHidden: true })).not.toContain('KKKK');
    expect(inspect(memory, { depth: 9, showHidden: true })).not.toContain(value);
  });
});
