import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { Socket } from 'node:net';
import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  credentialFor,
  sendJson,
  startRawServer,
  startServer,
  TEST_KEY,
  type Fixture,
} from '#lib/omni/testing/fixture-server.ts';
import type { OmniCall } from './omni.ts';
import { omniAs, omniRequestAs } from './request.ts';

const ID = 'dddddd01-0000-4000-8000-000000000001';
const schema = z.object({ data: z.object({ id: z.string() }) });
const good = { data: { id: ID, keyHash: 'never' } };
const aRead: OmniCall<z.infer<typeof schema>> = { method: 'GET', path: `/persons/${ID}`, schema };
const aWrite: OmniCall<z.infer<typeof schema>> = {
  method: 'PATCH',
  path: `/persons/${ID}`,
  body: { displayName: 'Zé' },
  schema,
};

const running: Fixture[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
});

async function serving(answer: Parameters<typeof startServer>[0]): Promise<Fixture> {
  const server = await startServer(answer);
  running.push(server);
  return server;
}

async function cutting(answer: (socket: Socket) => void): Promise<Fixture> {
  const server = await startRawServer(answer);
  running.push(server);
  return server;
}

const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{"data":';

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

type Failure = { name: string; read: object; write: object; times?: number };

/** What each answer means for a read and for a write; `times` a read is sent. */
const answers: (Failure & { answer: (response: ServerResponse) => void })[] = [
  ...[500, 501].map((status) => ({
    name: `${status} with SQL in it`,
    answer: (response: ServerResponse) =>
      sendJson(response, status, { error: { code: 'INTERNAL_ERROR', message: 'Failed query: select secret' } }),
    read: { kind: 'unavailable', status },
    write: { kind: 'outcome_unknown', cause: 'own_failure', status },
  })),
  {
    name: '500 of a proxy',
    answer: (response) => response.writeHead(500).end('<html>internal error</html>'),
    read: { kind: 'unavailable', status: 500 },
    write: { kind: 'outcome_unknown', cause: 'server_error' },
  },
  ...[502, 503, 504].map((status) => ({
    name: `${status} of a proxy`,
    answer: (response: ServerResponse) => response.writeHead(status).end('<html>bad gateway</html>'),
    read: { kind: 'unavailable', status },
    write: { kind: 'outcome_unknown', cause: 'server_error' },
    times: 3,
  })),
  {
    name: '408, after which an older Omni goes on working',
    answer: (response) => sendJson(response, 408, { error: { code: 'HTTP_ERROR', message: 'Request timeout' } }),
    read: { kind: 'unavailable', status: 408 },
    write: { kind: 'outcome_unknown', cause: 'timeout' },
  },
  {
    name: 'HTML with 200',
    answer: (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>sign in</html>'),
    read: { kind: 'bad_answer', status: 200, reason: 'not_json' },
    write: { kind: 'outcome_unknown', cause: 'bad_answer' },
  },
  {
    name: 'half an answer that looks whole',
    answer: (response) => response.writeHead(200).end('{"data":{"id":"'),
    read: { kind: 'bad_answer', status: 200, reason: 'not_json' },
    write: { kind: 'outcome_unknown', cause: 'bad_answer' },
  },
  {
    name: 'another shape',
    answer: (response) => sendJson(response, 200, { data: { uuid: ID } }),
    read: { kind: 'bad_answer', status: 200, reason: 'shape' },
    write: { kind: 'outcome_unknown', cause: 'bad_answer' },
  },
  {
    name: 'a body larger than 32 MB',
    answer: (response) => response.writeHead(200).end(Buffer.alloc(33 * 1024 * 1024, ' ')),
    read: { kind: 'bad_answer', status: 200, reason: 'too_large' },
    write: { kind: 'outcome_unknown', cause: 'bad_answer' },
  },
  {
    name: 'a small body that unpacks to more than 32 MB',
    answer: (response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(33 * 1024 * 1024, ' '))),
    read: { kind: 'bad_answer', status: 200, reason: 'too_large' },
    write: { kind: 'outcome_unknown', cause: 'bad_answer' },
  },
  ...[301, 302, 303, 307, 308].map((status) => ({
    name: `${status} to itself`,
    answer: (response: ServerResponse) => response.writeHead(status, { location: `/api/v2/persons/${ID}` }).end(),
    read: { kind: 'bad_answer', status, reason: 'redirect' },
    write: { kind: 'bad_answer', status, reason: 'redirect' },
  })),
  ...[400, 401, 403, 404, 409, 413].map((status) => ({
    name: `${status} of a proxy`,
    answer: (response: ServerResponse) => response.writeHead(status).end('<html>no</html>'),
    read: { kind: 'bad_answer', status, reason: 'not_json' },
    write: { kind: 'bad_answer', status, reason: 'not_json' },
  })),
  {
    name: '429 that lasts',
    answer: (response) =>
      sendJson(response, 429, { error: { code: 'RATE_LIMITED', message: 'slow', details: { retryAfterMs: 59_390 } } }),
    read: { kind: 'rate_limited', retryAfterMs: 59_390 },
    write: { kind: 'rate_limited', retryAfterMs: 59_390 },
  },
  {
    name: '429 that is over soon',
    answer: (response) =>
      sendJson(response, 429, { error: { code: 'RATE_LIMITED', message: 'slow', details: { retryAfterMs: 20 } } }),
    read: { kind: 'rate_limited', retryAfterMs: 20 },
    write: { kind: 'rate_limited', retryAfterMs: 20 },
    times: 3,
  },
];

describe.each(answers)('omniRequestAs: $name', ({ answer, read, write, times = 1 }) => {
  test('for a read', async () => {
    const server = await serving(answer);
    const result = await omniRequestAs(credentialFor(server.url), aRead);
    expect(result).toEqual({ ok: false, error: { ...read, requestId: expect.any(String) } });
    expect(server.heard).toHaveLength(times);
    expect(new Set(server.heard.map(({ headers }) => headers['x-request-id'])).size).toBe(1);
  });

  test('for a write, sent once', async () => {
    const server = await serving(answer);
    const result = await omniRequestAs(credentialFor(server.url), aWrite);
    expect(result).toEqual({ ok: false, error: { ...write, requestId: expect.any(String) } });
    expect(server.heard).toHaveLength(1);
  });
});

const cuts: (Failure & { answer: (socket: Socket) => void })[] = [
  {
    name: 'a reset before the answer',
    answer: (socket) => socket.resetAndDestroy(),
    read: { kind: 'unreachable', cause: 'reset' },
    write: { kind: 'outcome_unknown', cause: 'reset' },
    times: 3,
  },
  {
    name: 'a close before the answer',
    answer: (socket) => socket.end(),
    read: { kind: 'unreachable', cause: 'reset' },
    write: { kind: 'outcome_unknown', cause: 'reset' },
    times: 3,
  },
  {
    name: 'a cut in the middle of the body',
    answer: (socket) => socket.end(HEAD),
    read: { kind: 'unreachable', cause: 'reset' },
    write: { kind: 'outcome_unknown', cause: 'reset' },
    times: 3,
  },
  {
    name: 'a packed body that ends early',
    answer: (socket) => {
      const whole = gzipSync(JSON.stringify(good));
      socket.write('HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\nconnection: close\r\n\r\n');
      socket.end(whole.subarray(0, -9));
    },
    read: { kind: 'unreachable', cause: 'reset' },
    write: { kind: 'outcome_unknown', cause: 'reset' },
    times: 3,
  },
  {
    name: 'something that is no HTTP',
    answer: (socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'),
    read: { kind: 'unreachable', cause: 'other' },
    write: { kind: 'outcome_unknown', cause: 'other' },
    times: 3,
  },
  {
    name: 'silence instead of headers',
    answer: () => {},
    read: { kind: 'unreachable', cause: 'timeout' },
    write: { kind: 'outcome_unknown', cause: 'timeout' },
  },
  {
    name: 'silence in the middle of the body',
    answer: (socket) => socket.write(HEAD),
    read: { kind: 'unreachable', cause: 'timeout' },
    write: { kind: 'outcome_unknown', cause: 'timeout' },
  },
];

describe.each(cuts)('omniRequestAs: $name', ({ name, answer, read, write, times = 1 }) => {
  const timeoutMs = name.startsWith('silence') ? 150 : 5000;

  test('for a read', async () => {
    const server = await cutting(answer);
    const result = await omniRequestAs(credentialFor(server.url), { ...aRead, timeoutMs });
    expect(result).toEqual({ ok: false, error: { ...read, requestId: expect.any(String) } });
    expect(server.heard).toHaveLength(times);
  });

  test('for a write, sent once', async () => {
    const server = await cutting(answer);
    const result = await omniRequestAs(credentialFor(server.url), { ...aWrite, timeoutMs });
    expect(result).toEqual({ ok: false, error: { ...write, requestId: expect.any(String) } });
    expect(server.heard).toHaveLength(1);
  });
});

describe('omniRequestAs: a write that could not leave did not happen', () => {
  test('nobody listens', async () => {
    const server = await startServer(() => {});
    await server.stop();
    const refused = { kind: 'unreachable', cause: 'refused', requestId: expect.any(String) };
    expect(await omniRequestAs(credentialFor(server.url), aRead)).toEqual({ ok: false, error: refused });
    expect(await omniRequestAs(credentialFor(server.url), aWrite)).toEqual({ ok: false, error: refused });
  });

  test('the name does not resolve', async () => {
    const url = 'http://omni-console.invalid';
    expect(await omniRequestAs(credentialFor(url), aRead)).toMatchObject({
      error: { kind: 'unreachable', cause: 'dns' },
    });
    expect(await omniRequestAs(credentialFor(url), aWrite)).toMatchObject({
      error: { kind: 'unreachable', cause: 'dns' },
    });
  });

  test('the signal was aborted before', async () => {
    const server = await serving((response) => sendJson(response, 200, good));
    const signal = AbortSignal.abort();
    expect(await omniRequestAs(credentialFor(server.url), { ...aWrite, signal })).toMatchObject({
      error: { kind: 'unreachable', cause: 'aborted' },
    });
    expect(server.heard).toHaveLength(0);
  });
});

describe('omniRequestAs: an aborted signal', () => {
  test.each([
    ['read', aRead, { kind: 'unreachable', cause: 'aborted' }],
    ['write', aWrite, { kind: 'outcome_unknown', cause: 'aborted' }],
  ])('ends a %s at Omni too', async (_name, call, error) => {
    const leaving = new AbortController();
    const closed = Promise.withResolvers<void>();
    const server = await cutting((socket) => {
      socket.on('close', () => closed.resolve());
      leaving.abort();
    });
    const result = await omniRequestAs(credentialFor(server.url), { ...call, signal: leaving.signal });
    expect(result).toMatchObject({ error });
    await closed.promise;
    expect(server.heard).toHaveLength(1);
  });

  test('is not waited for between two tries', async () => {
    const leaving = new AbortController();
    const server = await serving((response) => {
      response.writeHead(503).end();
      setTimeout(() => leaving.abort(), 10);
    });
    const result = await omniRequestAs(credentialFor(server.url), { ...aRead, signal: leaving.signal });
    expect(result).toMatchObject({ error: { kind: 'unavailable' } });
    expect(server.heard).toHaveLength(1);
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
