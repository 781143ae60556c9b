import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { env } from '#lib/env.ts';
import { readerOf } from '#lib/actions/runner.ts';
import { mayRead, type EntryReader } from '#lib/operations/journal/list.ts';
import { noteSuccession } from '#lib/store/actors.ts';
import { store } from '#lib/store/database.ts';
import { createControl } from '../../../sandbox/wire/control/control-client.ts';
import { startSandbox, type Sandbox } from '../../../sandbox/wire/server.ts';
import { resolveSession } from '#lib/session/request/resolve.ts';
import { cookieName, sealSession } from '#lib/session/seal.ts';
import { signIn } from './sign-in.ts';
import { z } from 'zod';

import { refused, serve, signed, KEY } from '#lib/session/testing/signing-in.ts';

describe('signIn: at the sandbox', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, persons: 500 });
  });
  beforeEach(() => serve('demo', sandbox.url));
  afterEach(() => createControl(sandbox.url).clearFaults());
  afterAll(() => sandbox.stop());

  test('an admin key signs in with everything known', async () => {
    const { row } = await signed(sandbox.keys.admin);
    expect(row).toMatchObject({
      server: 'demo',
      keyName: 'primary',
      scopes: ['*'],
      instances: 'all',
      yourName: null,
      capabilities: { generation: 'current', version: '2.0.0', agents: 'yes', profiles: 'yes' },
      endedAt: null,
    });
    expect(row.actorKeyId).toMatch(/^99999990-/);
    expect(row.actor).toMatch(/^demo\/1\.[\w-]{43}$/);
  });

  test('the cookie of an admin key is a session', async () => {
    const { sid, credential } = await signed(sandbox.keys.support, { yourName: 'Ana 🌻' });
    const cookies = new Map([[cookieName(env(), 'demo'), await sealSession({ sid, credential }, env())]]);
    const current = await resolveSession({ cookies });
    if (!('session' in current)) throw new Error(current.reason);
    expect(current.session).toMatchObject({ keyName: 'Suporte', yourName: 'Ana 🌻', server: { name: 'Demo' } });
    const persons = await current.omni.request({ method: 'GET', path: '/persons', schema: z.object({}) });
    expect(persons.ok).toBe(true);
  });

  test('a key without keys:read has no id and unknown instances', async () => {
    const { row } = await signed(sandbox.keys.viewer);
    expect(row).toMatchObject({ actorKeyId: null, instances: 'unknown', keyName: 'Somente leitura' });
    expect(row.scopes).toContain('persons:read');
    expect(row.capabilities.profiles).toBe('forbidden');
  });

  test('a key restricted to an instance has that instance', async () => {
    const { row } = await signed(sandbox.keys.whatsapp ?? '');
    expect(row.instances).toEqual(['11111111-1111-4111-8111-111111111111']);
  });

  test('a valid key without auth:validate signs in with the scopes of its own row', async () => {
    const { row } = await signed(sandbox.keys.operator ?? '');
    expect(row).toMatchObject({ keyName: 'operator', scopes: expect.arrayContaining(['keys:write']) as string[] });
    expect(row.actorKeyId).not.toBeNull();
  });

  test('a key without auth:validate and keys:read has unknown scopes, and the end of the key as name', async () => {
    const { row } = await signed(sandbox.keys.narrow ?? '');
    expect(row).toMatchObject({ keyName: '…0000', scopes: null, instances: 'unknown' });
  });

  test('blanks and line breaks around the key do not matter', async () => {
    expect((await signed(` \n${sandbox.keys.support}\t\r\n`)).row.keyName).toBe('Suporte');
  });

  test('the same key is the same actor, another key another', async () => {
    const [one, two] = [await signed(sandbox.keys.support), await signed(sandbox.keys.support)];
    expect(one.row.actor).toBe(two.row.actor);
    expect(one.sid).not.toBe(two.sid);
    expect((await signed(sandbox.keys.viewer)).row.actor).not.toBe(one.row.actor);
  });

  test('a key that replaced another sees that one’s entries in Activity, and not the other way round', async () => {
    const [old, fresh] = [await signed(sandbox.keys.support), await signed(sandbox.keys.viewer)];
    const hashes = { old: old.credential.hash(), fresh: fresh.credential.hash() };
    await noteSuccession(await store(), 'demo', hashes);
    const readers = [];
    for (const { credential } of [await signed(sandbox.keys.viewer), await signed(sandbox.keys.support)]) {
      const { sid } = await signed(credential.reveal());
      const cookies = new Map([[cookieName(env(), 'demo'), await sealSession({ sid, credential }, env())]]);
      const current = await resolveSession({ cookies });
      if (!('session' in current)) throw new Error(current.reason);
      readers.push(readerOf(current));
    }
    const [after, before] = readers as [EntryReader, EntryReader];
    const ofOld = { server: 'demo', actor: old.row.actor };
    const ofFresh = { server: 'demo', actor: fresh.row.actor };
    expect([ofOld, ofFresh].map((entry) => mayRead(entry, after))).toEqual([true, true]);
    expect([ofOld, ofFresh].map((entry) => mayRead(entry, before))).toEqual([true, false]);
  });

  test.each(['expired', 'revoked'])('%s and unknown keys get one answer', async (name) => {
    expect(await refused(sandbox.keys[name] ?? '')).toEqual({ code: 'wrong_key' });
    expect(await refused(KEY)).toEqual({ code: 'wrong_key' });
  });

  test('too many requests: the problem says how long to wait', async () => {
    const control = createControl(sandbox.url);
    await control.rateLimit(1);
    await signed(sandbox.keys.support);
    const problem = await refused(sandbox.keys.support);
    await control.rateLimit(1000);
    expect(problem).toMatchObject({ code: 'rate_limited', values: { seconds: expect.any(Number) as number } });
  });

  test.each([
    ['', 'nothing'],
    ['hunter2', 'another secret'],
    ['omni_sk_abc', 'a part of a key'],
    [`omni_sk_${'é'.repeat(32)}`, 'letters no key has'],
    [`omni_sk_${'a'.repeat(33)}`, 'one letter too many'],
    [`OMNI_SK_${'a'.repeat(32)}`, 'capitals'],
    [`omni_sk_${'a'.repeat(16)}\n${'a'.repeat(16)}`, 'a line break in it'],
    [`omni_sk_${'a'.repeat(20_000)}`, 'a book'],
  ])('a malformed key is not sent: $1', async (key) => {
    const control = createControl(sandbox.url);
    await control.clearCalls();
    expect(await refused(key)).toEqual({ code: 'malformed_key' });
    expect((await control.calls()).items).toEqual([]);
  });

  test('too many wrong keys: no key is sent, and the right key gets the same answer', async () => {
    const control = createControl(sandbox.url);
    const from = async (key: string, clientIp: string) => {
      const result = await signIn({ serverId: 'demo', key, yourName: null }, { clientIp });
      return result.ok ? 'signed in' : result.error;
    };
    for (let tries = 0; tries < 10; tries += 1) expect(await from(KEY, '203.0.113.50')).toEqual({ code: 'wrong_key' });
    await control.clearCalls();
    const constant = { code: 'too_many_tries' };
    expect(await from(KEY, '203.0.113.50')).toEqual(constant);
    expect(await from(sandbox.keys.admin, '203.0.113.50')).toEqual(constant);
    expect((await control.calls()).items).toEqual([]);
    expect(await from(sandbox.keys.admin, '203.0.113.51')).toBe('signed in');
  });

  test('a server that is not listed is not called', async () => {
    expect(await refused(sandbox.keys.admin, 'elsewhere')).toEqual({ code: 'unknown_server' });
    expect(await refused(sandbox.keys.admin, '')).toEqual({ code: 'unknown_server' });
  });

  test('signing in writes nothing at Omni', async () => {
    const control = createControl(sandbox.url);
    await control.clearCalls();
    await signed(sandbox.keys.admin);
    const { items } = await control.calls();
    expect(items.length).toBeGreaterThan(3);
    expect(items.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/auth/validate'))).toEqual([]);
  });

  test('the store holds no key', async () => {
    await signed(sandbox.keys.admin, { yourName: 'Somebody Special' });
    const rows = JSON.stringify(await (await store()).selectFrom('sessions').selectAll().execute());
    expect(rows).not.toMatch(/omni_sk_|DemoAdmin|Somebody/);
  });
});
