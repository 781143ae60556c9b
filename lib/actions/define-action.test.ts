import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { env } from '#lib/env.ts';
import { expectLogged } from '#lib/guards/console-guard.ts';
import { Credential } from '#lib/omni/door/credential.ts';
import { actorsOf } from '#lib/session/actor.ts';
import { PROOF_LASTS } from '#lib/session/sign-in/proof.ts';
import { cookieName } from '#lib/session/seal.ts';
import { forgeSession } from '#lib/session/testing/forge-session.ts';
import { closeStore, store } from '#lib/store/database.ts';
import { StoreError } from '#lib/store/store-error.ts';
import { defineAction } from './define-action.ts';
import { fromOurOrigin } from './origin.ts';

Object.assign(process.env, {
  STORE_KEYS: `1:${'k'.repeat(32)}`,
  SESSION_PASSWORDS: `1:${'p'.repeat(32)}`,
  STORE_FILE: ':memory:',
  APP_ORIGIN: 'https://console.example',
  OMNI_SERVERS: 'Local=http://127.0.0.1:1,Other=http://127.0.0.1:2',
});

const request = vi.hoisted(() => ({ jar: new Map<string, string>(), headers: new Headers() }));
vi.mock('next/headers', () => ({
  headers: () => Promise.resolve(request.headers),
  cookies: () => Promise.resolve({ getAll: () => [...request.jar].map(([name, value]) => ({ name, value })) }),
}));

const KEY = `omni_sk_${'K'.repeat(32)}`;
const markAt = (id: string) => {
  const server = env().OMNI_SERVERS.find((one) => one.id === id);
  if (!server) throw new Error(`no server ${id}`);
  return actorsOf(new Credential(server, KEY))[0];
};

async function signedIn(more: Partial<Parameters<typeof forgeSession>[2]> = {}) {
  const { name, value } = await forgeSession(await store(), env(), { serverId: 'local', key: KEY, ...more });
  request.jar = new Map([
    [name, value],
    [cookieName(env()), more.serverId ?? 'local'],
  ]);
}

beforeEach(async () => {
  request.headers = new Headers({ origin: 'https://console.example', 'x-console-page': markAt('local') });
  await signedIn();
});
afterAll(closeStore);

const ran = vi.fn<(text: string) => void>();
const input = z.strictObject({ text: z.string() });
const define = (more: { scope?: string | null; unknown?: 'omni' | 'own'; proof?: true } = {}) =>
  defineAction({
    name: 'test',
    scope: null,
    ...more,
    input,
    run: async ({ input: { text } }) => {
      ran(text);
      return { ok: true, data: text };
    },
  });
const call = (more?: Parameters<typeof define>[0]) => define(more)({ text: 'hello' });
const refuses = async (code: string, more?: Parameters<typeof define>[0]) => {
  ran.mockClear();
  expect(await call(more)).toMatchObject({ ok: false, code });
  expect(ran).not.toHaveBeenCalled();
};

test('defineAction: a call from a page of this session runs', async () => {
  expect(await call()).toEqual({ ok: true, data: 'hello' });
});

describe('defineAction: the origin', () => {
  test.each([
    null,
    '',
    'null',
    'https://evil.example',
    'http://console.example',
    'https://console.example/',
    'https://console.example:444',
    'https://console.example.evil.example',
    'https://console.example, https://evil.example',
  ])('%j is refused', async (origin) => {
    if (origin === null) request.headers.delete('origin');
    else request.headers.set('origin', origin);
    expect(await fromOurOrigin()).toBe(false);
    await refuses('foreign_origin');
  });

  test.each(['cross-site', 'same-site', 'none', ''])('Sec-Fetch-Site %j is refused', async (site) => {
    request.headers.set('sec-fetch-site', site);
    expect(await fromOurOrigin()).toBe(false);
    await refuses('foreign_origin');
  });

  test('our own page passes', async () => {
    request.headers.set('sec-fetch-site', 'same-origin');
    expect(await fromOurOrigin()).toBe(true);
  });
});

describe('defineAction: a page', () => {
  test('of another server is refused, whatever is signed in there', async () => {
    await signedIn({ serverId: 'other' });
    await refuses('other_session');
    request.headers.set('x-console-page', markAt('other'));
    expect(await call()).toMatchObject({ ok: true });
  });

  test('of another key is refused', async () => {
    await signedIn({ key: `omni_sk_${'L'.repeat(32)}` });
    await refuses('other_session');
  });

  test('without a mark is refused', async () => {
    request.headers.delete('x-console-page');
    await refuses('other_session');
  });
});

test('defineAction: an old proof answers proof_needed', async () => {
  await signedIn({ now: Date.now() - PROOF_LASTS });
  await refuses('proof_needed', { proof: true });
  expect(await call()).toMatchObject({ ok: true });
});

test('defineAction: a key without the scope is refused with its name', async () => {
  await signedIn({ scopes: ['persons:read'] });
  expect(await call({ scope: 'keys:write' })).toEqual({
    ok: false,
    code: 'forbidden',
    values: { scope: 'keys:write' },
  });
  expect(await call({ scope: 'persons:read' })).toMatchObject({ ok: true });
});

test('defineAction: a key of unknown scopes may call only what Omni or run itself decides', async () => {
  await signedIn({ scopes: null });
  await refuses('scope_unknown', { scope: 'keys:write' });
  expect(await call({ scope: 'keys:write', unknown: 'omni' })).toMatchObject({ ok: true });
  expect(await call({ scope: 'keys:write', unknown: 'own' })).toMatchObject({ ok: true });
  expect(await call()).toMatchObject({ ok: true });
});

test('defineAction: a failing store is an answer, and a bug is thrown', async () => {
  expectLogged(/action\.store_down/);
  const failing = (error: Error) =>
    defineAction({
      name: 'test',
      scope: null,
      input,
      run: async () => {
        throw error;
      },
    })({ text: 'a' });
  expect(await failing(new StoreError('full'))).toEqual({ ok: false, code: 'store_full' });
  await expect(failing(new Error('a bug'))).rejects.toThrow('a bug');
});

test('defineAction: undefined arguments are refused field by field', async () => {
  expect(await define()({ text: 1, more: true })).toMatchObject({ ok: false, code: 'invalid' });
  expect(await define()(undefined)).toMatchObject({ ok: false, code: 'invalid' });
});
