import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { credentialFor, sendJson, startServer } from '#lib/omni/testing/fixture-server.ts';
import { aRead, aWrite, fixtureServers, good, ID } from '#lib/omni/testing/person-calls.ts';
import { omniRequestAs } from './request.ts';

const { serving, cutting } = fixtureServers();
const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{"data":';

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
