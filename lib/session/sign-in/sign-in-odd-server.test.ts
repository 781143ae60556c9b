import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { env } from '#lib/env.ts';
import { expectLogged } from '#lib/guards/console-guard.ts';
import { closeStore } from '#lib/store/database.ts';
import { selfSigned } from '../../../e2e/fixtures/servers/self-signed.ts';

import { refused, serve, signed, KEY } from '#lib/session/testing/signing-in.ts';

describe('signIn: at an odd server', () => {
  let servers: Server[] = [];
  afterEach(async () => {
    for (const server of servers) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
    servers = [];
  });

  async function odd(answer: RequestListener, tls = false): Promise<void> {
    const server = tls ? createTlsServer(selfSigned(), answer) : createServer(answer);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    serve('odd', `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }
  const json =
    (status: number, body: unknown): RequestListener =>
    (_request, response) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
  const app = (code: string, message: string, more = {}) => ({ error: { code, message, ...more } });

  test.each<[string, RequestListener, string]>([
    [
      'a web page',
      (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Router</h1>'),
      'bad_answer_not_json',
    ],
    [
      'a web page that says 404',
      (_request, response) => response.writeHead(404).end('<h1>Not found</h1>'),
      'bad_answer_not_json',
    ],
    [
      'a redirect',
      (_request, response) => response.writeHead(301, { location: 'https://example.com' }).end(),
      'bad_answer_redirect',
    ],
    ['other JSON', json(200, { ok: true }), 'bad_answer_shape'],
    ['a key that is not valid after all', json(200, { data: { valid: false } }), 'bad_answer_shape'],
    [
      'an unknown endpoint',
      json(404, app('NOT_FOUND', 'Endpoint not found: POST /api/v2/auth/validate')),
      'bad_answer_not_json',
    ],
    [
      'one that wants signatures',
      json(401, app('GENIE_SIGNATURE_REQUIRED', 'Signature required')),
      'signature_required',
    ],
    [
      'a key locked to other targets',
      json(
        403,
        app('FORBIDDEN', 'Insufficient permissions. Lock instanceAllowlist …', {
          lock: 'instanceAllowlist',
          attempted: '',
        }),
      ),
      'forbidden_lock',
    ],
    ['a broken one', json(500, app('INTERNAL_ERROR', 'select * from secret')), 'unavailable'],
    ['a broken connection', (request) => request.socket.destroy(), 'unreachable_reset'],
  ])('%s', async (_name, answer, code) => {
    await odd(answer);
    const problem = await refused(KEY, 'odd');
    expect(problem).toMatchObject({ code });
    expect(JSON.stringify(problem)).not.toMatch(/secret|omni_sk/);
  });

  test('an untrusted certificate: nothing is sent', async () => {
    const heard: string[] = [];
    await odd((request) => void heard.push(request.url ?? ''), true);
    expect(await refused(KEY, 'odd')).toMatchObject({ code: 'unreachable_tls' });
    expect(heard).toEqual([]);
  });

  test('a closed port and an unknown host name', async () => {
    serve('odd', 'http://127.0.0.1:1');
    expect(await refused(KEY, 'odd')).toMatchObject({ code: 'unreachable_refused' });
    serve('odd', 'http://omni.invalid');
    expect(await refused(KEY, 'odd')).toMatchObject({ code: 'unreachable_dns' });
  });

  test('a server that answers only about the key signs in, with the rest unknown', async () => {
    const validated = json(200, { data: { valid: true, keyPrefix: 'x', keyName: 'slow', scopes: ['*'] } });
    await odd((request, response) => {
      if (request.method === 'POST') validated(request, response);
    });
    const started = Date.now();
    const { row } = await signed(KEY, { serverId: 'odd' });
    expect(Date.now() - started).toBeLessThan(25_000);
    expect(row).toMatchObject({
      keyName: 'slow',
      actorKeyId: null,
      capabilities: { generation: 'unknown', agents: 'unknown' },
    });
  });

  test('a store that cannot be opened is reported before the key is sent', async () => {
    const heard: string[] = [];
    await odd((request) => void heard.push(request.url ?? ''));
    await closeStore();
    env().STORE_FILE = import.meta.dirname;
    expectLogged(/sign_in.store_down","kind":"unwritable"/);
    expect(await refused(KEY, 'odd')).toEqual({ code: 'store_down' });
    env().STORE_FILE = ':memory:';
    expect(heard).toEqual([]);
  });
});
