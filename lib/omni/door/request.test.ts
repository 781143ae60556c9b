import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { credentialFor, sendJson, TEST_KEY } from '#lib/omni/testing/fixture-server.ts';
import { aRead, aWrite, fixtureServers, good, ID, schema } from '#lib/omni/testing/person-calls.ts';
import type { OmniCall } from './omni.ts';
import { omniAs, omniRequestAs } from './request.ts';

const { serving } = fixtureServers();

describe('omniRequestAs: a call', () => {
  test('carries its headers, its body and nothing else', async () => {
    const server = await serving((response) => sendJson(response, 200, good));
    const context = { actor: 'Zé 🎉', clientIp: '::ffff:10.1.2.3', entryId: 'entry-7' };
    const result = await omniAs(credentialFor(server.url), context).request(aWrite);
    expect(result).toEqual({ ok: true, value: { data: { id: ID } } });
    const [heard] = server.heard;
    expect(heard).toMatchObject({ method: 'PATCH', path: `/api/v2/persons/${ID}`, body: '{"displayName":"Zé"}' });
    expect(heard?.headers).toMatchObject({
      'x-api-key': TEST_KEY,
      'content-type': 'application/json',
      'user-agent': expect.stringMatching(/^omni-console\/\d+\.\d+\.\d+$/),
      'x-forwarded-for': '10.1.2.3',
      'x-omni-actor': 'Z%C3%A9%20%F0%9F%8E%89',
      'x-omni-console-entry': 'entry-7',
      'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  test('without a body has no content type, and absent and false query values are left out', async () => {
    const server = await serving((response) => sendJson(response, 200, good));
    const query = { search: 'a b&c', limit: 5, cursor: undefined, isActive: false as unknown as string };
    await omniRequestAs(credentialFor(server.url), { ...aRead, path: '/persons', query });
    expect(server.heard[0]?.path).toBe('/api/v2/persons?search=a+b%26c&limit=5');
    expect(server.heard[0]?.headers).not.toHaveProperty('content-type');
  });

  test('keeps the path a server address may have', async () => {
    const server = await serving((response) => sendJson(response, 200, good));
    await omniRequestAs(credentialFor(`${server.url}/omni`), aRead);
    expect(server.heard[0]?.path).toBe(`/omni/api/v2/persons/${ID}`);
  });

  test('reads keep their connection, a write takes one of its own', async () => {
    const server = await serving((response) => sendJson(response, 200, good));
    const omni = omniAs(credentialFor(server.url));
    for (let count = 0; count < 5; count += 1) await omni.request(aRead);
    expect(server.connections()).toBe(1);
    await omni.request(aWrite);
    expect(server.connections()).toBe(2);
  });

  test('a packed answer is unpacked', async () => {
    const server = await serving((response) =>
      response
        .writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'application/json' })
        .end(gzipSync(JSON.stringify(good))),
    );
    expect(await omniRequestAs(credentialFor(server.url), aRead)).toEqual({ ok: true, value: { data: { id: ID } } });
  });

  test.each([
    [204, ''],
    [200, ''],
  ])('%i without a body is an answer where the schema says so', async (status) => {
    const server = await serving((response) => response.writeHead(status).end());
    const done = z.undefined();
    const call = { method: 'DELETE' as const, path: `/persons/${ID}`, schema: done };
    expect(await omniRequestAs(credentialFor(server.url), call)).toEqual({ ok: true, value: undefined });
    expect(await omniRequestAs(credentialFor(server.url), aRead)).toMatchObject({
      error: { kind: 'bad_answer', status, reason: 'not_json' },
    });
  });

  test('a key that no header can carry is refused without a call', async () => {
    const server = await serving((response) => sendJson(response, 200, good));
    for (const key of ['', 'omni_sk_\n', 'omni_sk_🎉', 'two words']) {
      expect(await omniRequestAs(credentialFor(server.url, key), aRead)).toMatchObject({
        error: { kind: 'unauthorized' },
      });
    }
    expect(server.heard).toHaveLength(0);
  });
});

describe('omniRequestAs: a read tries again', () => {
  test('and takes the third answer', async () => {
    const server = await serving((response, _heard, count) =>
      count < 3 ? response.writeHead(503).end() : sendJson(response, 200, good),
    );
    expect(await omniRequestAs(credentialFor(server.url), aRead)).toMatchObject({ ok: true });
    expect(server.heard).toHaveLength(3);
  });

  test('also when it is a POST that changes nothing', async () => {
    const server = await serving((response, _heard, count) =>
      count < 2 ? response.writeHead(502).end() : sendJson(response, 200, good),
    );
    const call: OmniCall<unknown> = { method: 'POST', path: '/auth/validate', schema: z.unknown(), reads: true };
    expect(await omniRequestAs(credentialFor(server.url), call)).toMatchObject({ ok: true });
    expect(server.heard).toHaveLength(2);
  });

  test('but not beyond its time', async () => {
    const server = await serving((response) => response.writeHead(503).end());
    await omniRequestAs(credentialFor(server.url), { ...aRead, timeoutMs: 40 });
    expect(server.heard.length).toBeLessThanOrEqual(2);
  });
});

describe('omniRequestAs: the door sends nothing', () => {
  const other = 'dddddd02-0000-4000-8000-000000000002';
  const merge = (source: unknown, target: unknown) => ({
    path: '/persons/merge',
    body: { sourcePersonId: source, targetPersonId: target },
  });
  const link = (identityA: string, identityB: string) => ({ path: '/persons/link', body: { identityA, identityB } });
  const changing = { toJSON: () => ID, toString: () => other };

  test.each([
    ['a self-merge', merge(ID, ID), 'self_merge'],
    ['a self-merge in capitals', merge(ID, ID.toUpperCase()), 'self_merge'],
    ['a self-merge in braces', merge(ID, `{${ID}}`), 'self_merge'],
    ['a self-merge without hyphens', merge(ID, ID.replaceAll('-', '')), 'self_merge'],
    ['a self-merge that shows only once it is JSON', merge(ID, changing), 'self_merge'],
    ['a merge with a target missing', merge(ID, undefined), 'self_merge'],
    ['a merge without a body', { path: '/persons/merge' }, 'self_merge'],
    ['a merge with a slash at the end', { ...merge(ID, other), path: '/persons/merge/' }, 'bad_path'],
    ['a merge with two slashes', { ...merge(ID, other), path: '/persons//merge' }, 'bad_path'],
    ['a merge in capitals', { ...merge(ID, other), path: '/persons/MERGE' }, 'bad_path'],
    ['a merge with an escape', { ...merge(ID, other), path: '/persons/%6derge' }, 'bad_path'],
    ['a merge by a detour', { ...merge(ID, other), path: '/persons/link/../merge' }, 'bad_path'],
    ['a merge behind a question mark', { ...merge(ID, other), path: '/persons/merge?x=1' }, 'bad_path'],
    ['a link that no plan stands behind', link(ID, other), 'unplanned_link'],
    ['a link of one identity with itself', link(ID, ID.toUpperCase()), 'self_link'],
    ['an id that is none', { path: '/persons/42', body: {} }, 'bad_path'],
    ['another server in the path', { path: '//evil.example/persons', body: {} }, 'bad_path'],
    ['a NUL', { path: `/persons/${ID}`, body: { displayName: 'a\0b' } }, 'unreadable_text'],
    ['a NUL deep inside', { path: `/persons/${ID}`, body: { metadata: { a: [{ 'b\0': 1 }] } } }, 'unreadable_text'],
    ['half an emoji', { path: `/persons/${ID}`, body: { displayName: '\ud83c' } }, 'unreadable_text'],
  ])('for %s', async (_name, call, code) => {
    const server = await serving((response) => sendJson(response, 200, good));
    const omni = omniAs(credentialFor(server.url));
    expect(await omni.request({ method: 'POST', schema: z.unknown(), ...call })).toMatchObject({
      ok: false,
      error: { kind: 'invalid', code, requestId: 'not-sent' },
    });
    expect(server.heard).toHaveLength(0);
  });

  test('for a NUL in a query, which is no reason to refuse the text around it', async () => {
    const server = await serving((response) => sendJson(response, 200, good));
    const call = { ...aRead, path: '/persons' };
    expect(await omniRequestAs(credentialFor(server.url), { ...call, query: { search: 'a\0' } })).toMatchObject({
      error: { kind: 'invalid', code: 'unreadable_text' },
    });
    expect(
      await omniRequestAs(credentialFor(server.url), { ...call, query: { search: String.raw`\u0000` } }),
    ).toMatchObject({
      ok: true,
    });
    expect(server.heard).toHaveLength(1);
  });

  test('but a merge of two persons goes out', async () => {
    const server = await serving((response) => sendJson(response, 200, good));
    await omniRequestAs(credentialFor(server.url), { method: 'POST', schema, ...merge(ID, other) });
    expect(server.heard).toHaveLength(1);
  });
});

test('omniRequestAs: the key shows in nothing that can be printed', async () => {
  const leaky = await serving((response, heard) =>
    sendJson(response, 400, {
      error: { code: 'VALIDATION_ERROR', message: 'no', details: { key: heard.headers['x-api-key'] } },
    }),
  );
  const credential = credentialFor(leaky.url);
  const omni = omniAs(credential, { actor: 'Zé' });
  const results = await Promise.all([
    omni.request(aRead),
    omni.request(aWrite),
    omniAs(credentialFor('http://omni-console.invalid')).request(aWrite),
    omni.request({ ...aRead, path: '/persons/1' }),
  ]);
  for (const shown of [credential, omni, ...results]) {
    const options = { depth: 20, showHidden: true, getters: true };
    const texts = [inspect(shown, options), JSON.stringify(shown), `${String(shown)}`, JSON.stringify({ ...shown })];
    for (const text of texts) {
      expect(text).not.toContain(TEST_KEY);
      expect(text).not.toContain(TEST_KEY.slice(8));
    }
  }
});

test('omniRequestAs: a handle can’t be changed to call elsewhere', () => {
  const omni = omniAs(credentialFor('http://127.0.0.1:1'));
  expect(Object.isFrozen(omni)).toBe(true);
  expect(omniAs(credentialFor('http://127.0.0.1:1')).keyRef).toBe(omni.keyRef);
  expect(omniAs(credentialFor('http://127.0.0.1:1', `${TEST_KEY}2`)).keyRef).not.toBe(omni.keyRef);
});
