import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { env } from '#lib/env.ts';
import { expectLogged } from '#lib/guards/console-guard.ts';
import { Credential } from '#lib/omni/door/credential.ts';
import { openStore, type Store } from '#lib/store/database.ts';
import { StoreError } from '#lib/store/store-error.ts';
import { endCookieSession } from './end-cookie-session.ts';
import { resolveSession, type SessionRequest } from './resolve.ts';
import { isKept } from '#lib/session/opened-cookies.ts';
import { cookieName, sealCookie } from '#lib/session/seal.ts';
import { endSession, readSessionRow } from '#lib/session/sessions.ts';
import { forgeSession } from '#lib/session/testing/forge-session.ts';

const folder = mkdtempSync(join(tmpdir(), 'omni-session-'));
Object.assign(process.env, {
  STORE_KEYS: `2:${'k'.repeat(32)},1:${'j'.repeat(32)}`,
  SESSION_PASSWORDS: `2:${'p'.repeat(32)},1:${'o'.repeat(32)}`,
  OMNI_SERVERS: 'Local=http://127.0.0.1:1,São Paulo=http://127.0.0.1:2',
  STORE_FILE: join(folder, 'console.db'),
});

const KEY = `omni_sk_${'K'.repeat(32)}`;
const MINUTE = 60_000;
let db: Store;
beforeAll(async () => {
  db = await openStore({ file: ':memory:' });
});
afterAll(async () => {
  await db.destroy();
  rmSync(folder, { recursive: true, force: true });
});

type Wanted = Partial<Parameters<typeof forgeSession>[2]>;
const forge = (more: Wanted = {}) => forgeSession(db, env(), { serverId: 'local', key: KEY, ...more });
const ask = (cookies: Record<string, string>, more: Partial<SessionRequest> = {}) =>
  resolveSession({ cookies: new Map(Object.entries(cookies)), ...more }, async () => db);

let cookie: Awaited<ReturnType<typeof forge>>;
let jar: Record<string, string>;
beforeEach(async () => {
  cookie = await forge();
  jar = { [cookie.name]: cookie.value };
});

describe('resolveSession: a session', () => {
  test('is resolved with a handle and without the key', async () => {
    const { sid, name, value } = await forge({ keyName: 'Suporte', yourName: 'Ana 🌻', scopes: ['persons:read'] });
    const signed = await ask({ [name]: value });
    if (!('session' in signed)) throw new Error(signed.reason);
    expect(signed.session).toMatchObject({
      sid,
      server: { id: 'local', name: 'Local' },
      keyName: 'Suporte',
      yourName: 'Ana 🌻',
      scopes: ['persons:read'],
      instances: 'all',
      idleMinutes: 120,
    });
    expect(signed.session.endsAt).toBe(signed.session.createdAt + 720 * MINUTE);
    expect(signed.omni.server.url).toBe('http://127.0.0.1:1');
    expect(JSON.stringify(signed)).not.toContain('KKKK');
    expect(signed.credential.reveal()).toBe(KEY);
  });

  test('is kept alive by a request, but not by a poll', async () => {
    const now = Date.now() + 5 * MINUTE;
    const before = (await readSessionRow(db, cookie.sid))?.lastSeenAt;
    await ask(jar, { now, poll: true });
    expect((await readSessionRow(db, cookie.sid))?.lastSeenAt).toBe(before);
    await ask(jar, { now });
    expect((await readSessionRow(db, cookie.sid))?.lastSeenAt).toBe(now);
  });

  test('with two servers is that of the one used last, and none when its cookie is gone', async () => {
    const other = await forge({ serverId: 'sao-paulo' });
    const both = { [other.name]: other.value, ...jar };
    const last = cookieName(env());
    expect(await ask({ ...both, [last]: 'sao-paulo' })).toMatchObject({ session: { server: { name: 'São Paulo' } } });
    expect(await ask({ ...both, [last]: 'local' })).toMatchObject({ session: { server: { id: 'local' } } });
    expect(await ask({ ...jar, [last]: 'sao-paulo' })).toEqual({ reason: 'none' });
    expect(await ask({ ...both, [last]: '../../etc' })).toEqual({ reason: 'none' });
    expect(await ask(both)).toEqual({ reason: 'none' });
    expect(await ask(jar)).toMatchObject({ session: { server: { id: 'local' } } });
  });

  test('survives a change of passwords and of the store’s keys', async () => {
    const older = { ...env(), SESSION_PASSWORDS: { 1: 'o'.repeat(32) }, STORE_KEYS: { 1: 'j'.repeat(32) } };
    const { name, value } = await forgeSession(db, older, { serverId: 'local', key: KEY, yourName: 'Ana' });
    expect(await ask({ [name]: value })).toMatchObject({ session: { yourName: 'Ana' } });
  });
});

describe('resolveSession: no session', () => {
  test('without a cookie', async () => {
    expect(await ask({})).toEqual({ reason: 'none' });
    expect(await ask({ theme: 'dark', 'omni-9999-local': 'x' })).toEqual({ reason: 'none' });
  });

  test('with a tampered cookie, which is logged without it', async () => {
    expectLogged(/"event":"session.cookie_refused","reason":"invalid","server":"local"/);
    expect(await ask({ [cookie.name]: `${cookie.value.slice(0, -9)}x~2` })).toEqual({ reason: 'tampered' });
  });

  test('with an empty cookie', async () => {
    expectLogged(/cookie_refused/);
    expect(await ask({ [cookie.name]: '' })).toEqual({ reason: 'tampered' });
  });

  test('with a password that was dropped', async () => {
    expectLogged(/"reason":"unknown-password"/);
    const dropped = { ...env(), SESSION_PASSWORDS: { 9: 'q'.repeat(32) } };
    const { name, value } = await forgeSession(db, dropped, { serverId: 'local', key: KEY });
    expect(await ask({ [name]: value })).toEqual({ reason: 'tampered' });
  });

  test('with an expired seal; nothing is logged', async () => {
    const short = { ...env(), SESSION_MAX_MINUTES: -2 };
    const { name, value } = await forgeSession(db, short, { serverId: 'local', key: KEY });
    expect(await ask({ [name]: value })).toEqual({ reason: 'expired' });
  });

  test('after the absolute limit, and it stays so', async () => {
    const { name, value, sid } = await forge({ now: Date.now() - 720 * MINUTE });
    expect(await ask({ [name]: value })).toEqual({ reason: 'expired' });
    expect(await readSessionRow(db, sid)).toMatchObject({ endReason: 'expired' });
    expect(await ask({ [name]: value }, { now: Date.now() - 60 * MINUTE })).toEqual({ reason: 'expired' });
  });

  test('after having been away, and it stays so', async () => {
    expect(await ask(jar, { now: Date.now() + 121 * MINUTE })).toEqual({ reason: 'idle' });
    expect(await readSessionRow(db, cookie.sid)).toMatchObject({ endReason: 'idle' });
    expect(await ask(jar)).toEqual({ reason: 'idle' });
  });

  test('with a copy of the cookie after signing out', async () => {
    const copy = { ...jar };
    await endCookieSession(new Map(Object.entries(jar)), 'signed_out', async () => db);
    expect(await ask(copy)).toEqual({ reason: 'ended' });
  });

  test('when an administrator of the store removed or ended it', async () => {
    await endSession(db, cookie.sid, 'key_dead', Date.now());
    expect(await ask(jar)).toEqual({ reason: 'key_dead' });
    await db.deleteFrom('sessions').where('id', '=', cookie.sid).execute();
    expect(await ask(jar)).toEqual({ reason: 'ended' });
  });

  test('at once when another replica ended it, though this one remembers its opened cookie', async () => {
    expect(await ask(jar)).toMatchObject({ session: { sid: cookie.sid } });
    expect(isKept(cookie.sid)).toBe(true);
    const ended = { ended_at: Date.now(), end_reason: 'signed_out_everywhere' };
    await db.updateTable('sessions').set(ended).where('id', '=', cookie.sid).execute();
    expect(await ask(jar)).toEqual({ reason: 'ended' });
    expect(isKept(cookie.sid)).toBe(false);
  });

  test('with the id of another key’s session', async () => {
    const value = await sealCookie({ sid: cookie.sid, server: 'local', key: `omni_sk_${'X'.repeat(32)}` }, env());
    expect(await ask({ [cookie.name]: value })).toEqual({ reason: 'ended' });
  });

  test('with a cookie moved to another server’s name: a key never goes to a server it was not typed for', async () => {
    expectLogged(/"reason":"other server"/);
    expect(await ask({ [cookieName(env(), 'sao-paulo')]: cookie.value })).toEqual({ reason: 'tampered' });
  });

  test('when the server is no longer listed', async () => {
    const wider = { ...env(), OMNI_SERVERS: [{ id: 'gone', name: 'Gone', url: 'http://127.0.0.1:3' }] };
    const { name, value } = await forgeSession(db, wider, { serverId: 'gone', key: KEY });
    expect(await ask({ [name]: value })).toEqual({ reason: 'server_gone' });
    expect(await ask({ [name]: value, [cookieName(env())]: 'gone' })).toEqual({ reason: 'server_gone' });
    expect(await ask({ [name]: value, ...jar })).toMatchObject({ session: { server: { id: 'local' } } });
  });
});

describe('resolveSession: a store', () => {
  const cookies = () => new Map(Object.entries(jar));

  test.each<[string, () => Promise<Store>, RegExp]>([
    ['down', () => Promise.reject(new StoreError('unreachable')), /store_down","kind":"unreachable"/],
    [
      'PostgreSQL that is gone',
      () => openStore({ url: 'postgres://ana:hunter2@127.0.0.1:1/x' }),
      /"kind":"unreachable"/,
    ],
    [
      'a folder that cannot be one',
      () => openStore({ file: join(folder, 'letter', 'console.db') }),
      /"kind":"unwritable"/,
    ],
    ['a corrupt file', () => openStore({ file: join(folder, 'letter') }), /"kind":"corrupt"/],
  ])('%s: no session, and a log line', async (_name, open, line) => {
    writeFileSync(join(folder, 'letter'), 'a letter '.repeat(1000));
    expectLogged(line);
    expect(await resolveSession({ cookies: cookies() }, open)).toEqual({ reason: 'store_down' });
  });

  test('that fails while it is read', async () => {
    const closed = await openStore({ file: ':memory:' });
    const broken = new Proxy(closed, {
      get: (target, name) => {
        if (name === 'selectFrom') throw Object.assign(new Error('x'), { code: 'ERR_SQLITE_ERROR', errcode: 11 });
        return Reflect.get(target, name) as unknown;
      },
    });
    expectLogged(/store_down","kind":"corrupt"/);
    expect(await resolveSession({ cookies: cookies() }, async () => broken)).toEqual({ reason: 'store_down' });
    await closed.destroy();
  });

  test('that can be read and not written keeps the session, and the log says so', async () => {
    expectLogged(/session.not_written","kind":"unwritable"/);
    const readOnly = new Proxy(db, {
      get: (target, name) => {
        if (name === 'updateTable') throw new StoreError('unwritable');
        const value = Reflect.get(target, name) as unknown;
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
    const asking = { cookies: cookies(), now: Date.now() + 5 * MINUTE };
    expect(await resolveSession(asking, async () => readOnly)).toMatchObject({ session: { keyName: 'forged' } });
  });

  test('down at sign-out: the cookie is still named, so that it is deleted', async () => {
    expectLogged(/session.not_ended","kind":"full"/);
    const ended = await endCookieSession(cookies(), 'signed_out', () => Promise.reject(new StoreError('full')));
    expect(ended).toMatchObject({ ok: true, cookie: cookie.name, lives: true });
  });

  test('with a bug is not taken for one that is down', async () => {
    await expect(resolveSession({ cookies: cookies() }, () => Promise.reject(new TypeError('bug')))).rejects.toThrow(
      'bug',
    );
    await expect(endCookieSession(cookies(), 'signed_out', () => Promise.reject(new TypeError('bug')))).rejects.toThrow(
      'bug',
    );
  });
});

test('resolveSession: printing a signed request does not reveal the credential', async () => {
  const signed = await ask(jar);
  expect(String(new Credential({ id: 'a', name: 'A', url: 'http://a' }, KEY))).toBe('[key redacted]');
  expect(JSON.stringify(signed)).not.toContain(KEY);
});
