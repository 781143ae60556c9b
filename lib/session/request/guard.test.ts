import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { env } from '#lib/env.ts';
import { Credential } from '#lib/omni/door/credential.ts';
import { expectLogged } from '#lib/guards/console-guard.ts';
import { closeStore, store } from '#lib/store/database.ts';
import { StoreError } from '#lib/store/store-error.ts';
import { actorsOf } from '#lib/session/actor.ts';
import { startSession } from './cookie-next.ts';
import { clientIp, liveServers, readPageSession, readSession, requireSession } from './guard.ts';
import { moveSession } from './move-session.ts';
import { cookieName } from '#lib/session/seal.ts';
import { readSessionRow } from '#lib/session/sessions.ts';
import { signOut, signOutEverywhere } from '#lib/session/sign-in/sign-out.ts';
import { forgeSession } from '#lib/session/testing/forge-session.ts';

Object.assign(process.env, {
  STORE_KEYS: `1:${'k'.repeat(32)}`,
  SESSION_PASSWORDS: `1:${'p'.repeat(32)}`,
  STORE_FILE: ':memory:',
  OMNI_SERVERS: 'Local=http://127.0.0.1:1,Other=http://127.0.0.1:2',
  TRUSTED_PROXIES: '10.0.0.0/8',
});

type SetCookie = {
  name: string;
  value: string;
  httpOnly: boolean;
  sameSite: string;
  secure: boolean;
  path: string;
  maxAge: number;
};

/** A browser and one request of it, as `next/headers` shows them. */
const browser = vi.hoisted(() => ({
  jar: new Map<string, string>(),
  set: [] as SetCookie[],
  headers: new Headers(),
}));

vi.mock('next/headers', () => ({
  headers: () => Promise.resolve(browser.headers),
  cookies: () =>
    Promise.resolve({
      get: (name: string) => (browser.jar.has(name) ? { name, value: browser.jar.get(name) } : undefined),
      getAll: () => [...browser.jar].map(([name, value]) => ({ name, value })),
      set: (name: string, value: string, options: Omit<SetCookie, 'name' | 'value'>) => {
        browser.set.push({ name, value, ...options });
        if (options.maxAge === 0) browser.jar.delete(name);
        else browser.jar.set(name, value);
      },
    }),
}));
vi.mock('next/navigation', () => ({
  redirect: (to: string) => {
    throw new Error(`redirect ${to}`);
  },
}));

const KEY = `omni_sk_${'K'.repeat(32)}`;
const forge = async (serverId = 'local', now = Date.now()) =>
  forgeSession(await store(), env(), { serverId, key: KEY, now });
const rowOf = async (sid: string) => readSessionRow(await store(), sid);

beforeAll(() => void env());
beforeEach(() => {
  browser.jar.clear();
  browser.set.length = 0;
  browser.headers = new Headers();
});
afterAll(closeStore);

test('requireSession: a request with a session passes', async () => {
  const { name, value, sid } = await forge();
  browser.jar.set(name, value);
  expect((await requireSession()).session.sid).toBe(sid);
  expect(await readSession({ poll: true })).toMatchObject({ session: { sid } });
});

test.each([
  ['/persons?q=Silva&rows=50', '/login?next=%2Fpersons%3Fq%3DSilva%26rows%3D50'],
  ['/', '/login'],
  ['//evil.example', '/login'],
  ['/login?reason=idle', '/login'],
])('requireSession: without a session %s is redirected to %s', async (path, to) => {
  browser.headers.set('x-console-path', path);
  await expect(requireSession()).rejects.toThrow(`redirect ${to}`);
  expect(await readSession()).toEqual({ reason: 'none' });
});

test('requireSession: without a known path the way back is Home', async () => {
  await expect(requireSession()).rejects.toThrow(/^redirect \/login$/);
});

test('requireSession: the redirect says why the session ended', async () => {
  const { name, value } = await forge('local', Date.now() - 13 * 3_600_000);
  browser.jar.set(name, value);
  browser.headers.set('x-console-path', '/keys');
  await expect(requireSession()).rejects.toThrow(/^redirect \/login\?reason=expired&next=%2Fkeys$/);
});

test('clientIp: is what the trusted proxies report, else undefined', async () => {
  expect(await clientIp()).toBeUndefined();
  browser.headers.set('x-forwarded-for', '1.1.1.1, 203.0.113.9, 10.0.0.2');
  expect(await clientIp()).toBe('203.0.113.9');
});

test('startSession: sets two cookies, and the session is live', async () => {
  const { sid } = await forge();
  const [server] = env().OMNI_SERVERS;
  if (!server) throw new Error('no server');
  await startSession({ sid, credential: new Credential(server, KEY) });
  const attributes = { httpOnly: true, sameSite: 'lax', secure: false, path: '/', maxAge: 720 * 60 + 3600 };
  expect(browser.set).toEqual([
    { name: 'omni-3000-local', value: expect.stringMatching(/^Fe26/) as string, ...attributes },
    { name: 'omni-3000', value: 'local', ...attributes },
  ]);
  expect((await requireSession()).session.sid).toBe(sid);
});

test('startSession: ends the session the browser had on that server, and no other', async () => {
  const [before, elsewhere, after] = [await forge(), await forge('other'), await forge()];
  browser.jar.set(before.name, before.value);
  browser.jar.set(elsewhere.name, elsewhere.value);
  browser.jar.set(cookieName(env()), 'other');
  const [server] = env().OMNI_SERVERS;
  if (!server) throw new Error('no server');
  await startSession({ sid: after.sid, credential: new Credential(server, KEY) });
  expect(await rowOf(before.sid)).toMatchObject({ endReason: 'replaced' });
  expect(await rowOf(elsewhere.sid)).toMatchObject({ endedAt: null });
  expect((await requireSession()).session.sid).toBe(after.sid);
});

test('signOut: ends the session in the store and in the browser; a kept copy is dead', async () => {
  const { name, value, sid } = await forge();
  browser.jar.set(name, value);
  await signOut();
  expect(browser.set).toMatchObject([{ name, value: '', maxAge: 0, path: '/', httpOnly: true }]);
  expect(await rowOf(sid)).toMatchObject({ endReason: 'signed_out' });
  browser.jar.set(name, value);
  expect(await readSession()).toEqual({ reason: 'ended' });
});

test('signOutEverywhere: ends every session of the key; with the store down it ends none and says so', async () => {
  const [here, there] = [await forge(), await forge()];
  browser.jar.set(here.name, here.value);
  const { credential } = await requireSession();
  expectLogged(/session.not_ended","kind":"full"/);
  expect(await signOutEverywhere(credential, () => Promise.reject(new StoreError('full')))).toBe(false);
  expect([browser.set, (await rowOf(there.sid))?.endedAt]).toEqual([[], null]);
  expect(await signOutEverywhere(credential)).toBe(true);
  expect(await rowOf(there.sid)).toMatchObject({ endReason: 'signed_out_everywhere' });
  expect(browser.set).toMatchObject([{ name: here.name, maxAge: 0 }]);
});

test('signOut: without a session does nothing', async () => {
  await signOut();
  expect(browser.set).toEqual([]);
});

test('signOut: of a server that is no longer listed clears its cookie', async () => {
  browser.jar.set('omni-3000-gone', 'whatever');
  await signOut();
  expect(browser.set).toMatchObject([{ name: 'omni-3000-gone', maxAge: 0 }]);
});

describe('readPageSession: a page', () => {
  const [local, other] = env().OMNI_SERVERS.map((server) => actorsOf(new Credential(server, KEY))[0]);
  const signedInAt = async (id: string) => {
    const { name, value } = await forge(id);
    browser.jar.set(name, value);
    browser.jar.set(cookieName(env()), id);
  };

  test('of this session may read and change', async () => {
    await signedInAt('local');
    browser.headers.set('x-console-page', local ?? '');
    expect(await readPageSession({ change: true })).toHaveProperty('session');
    const { name, value } = await forge('local');
    browser.jar.set(name, value);
    expect(await readPageSession({ change: true }), 'signed in anew with the same key').toHaveProperty('session');
  });

  test('of another server or key gets nothing, though the browser is signed in', async () => {
    await signedInAt('local');
    await signedInAt('other');
    browser.headers.set('x-console-page', local ?? '');
    expect(await readPageSession()).toEqual({ reason: 'other_session' });
    browser.headers.set('x-console-page', `${other ?? ''}0`);
    expect(await readPageSession()).toEqual({ reason: 'other_session' });
  });

  test('still belongs to the session after it moved to another key, and to no third one', async () => {
    const { name, value } = await forgeSession(await store(), env(), {
      serverId: 'local',
      key: KEY,
      browser: 'Chrome · Linux',
    });
    browser.jar.set(name, value);
    const { session } = await requireSession();
    const [server] = env().OMNI_SERVERS;
    if (!server) throw new Error('no server');
    const moveTo = async (letter: string) => {
      const current = await readSession({ poll: letter === 'M' });
      if (!('session' in current)) throw new Error(current.reason);
      const credential = new Credential(server, `omni_sk_${letter.repeat(32)}`);
      await moveSession(current.session, { credential, keyId: 'x', keyName: 'new' });
    };
    await moveTo('L');
    browser.headers.set('x-console-page', session.actor);
    const moved = await readPageSession({ change: true });
    if (!('session' in moved)) throw new Error(moved.reason);
    expect(await rowOf(moved.session.sid)).toMatchObject({ keyName: 'new', browser: 'Chrome · Linux' });
    await moveTo('M');
    expect(await readPageSession({ change: true })).toEqual({ reason: 'other_session' });
  });

  test('without a mark may read and not change', async () => {
    await signedInAt('local');
    expect(await readPageSession()).toHaveProperty('session');
    expect(await readPageSession({ change: true })).toEqual({ reason: 'other_session' });
  });
});

test('readSession: without the cookie of the current server nobody is signed in; the others are offered', async () => {
  const { name, value } = await forge('other');
  browser.jar.set(name, value);
  browser.jar.set(cookieName(env()), 'local');
  expect(await readSession()).toEqual({ reason: 'none' });
  expect(await liveServers()).toMatchObject([{ id: 'other', name: 'Other' }]);
  browser.jar.delete(cookieName(env()));
  expect(await readSession()).toMatchObject({ session: { server: { id: 'other' } } });
});
