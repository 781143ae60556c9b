import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { createServer as createRawServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Credential } from './credential.ts';
import { credentialFor, startServer, TEST_KEY } from '#lib/omni/testing/fixture-server.ts';
import { omniRequestAs } from './request.ts';

const schema = z.object({ ok: z.literal(true) });
const aRead = { method: 'GET' as const, path: '/health', schema };
const aWrite = { method: 'POST' as const, path: '/persons/unlink', body: {}, schema };

/** A certificate for 127.0.0.1, or nothing where there is no openssl. */
function selfSigned(): { key: string; cert: string } | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'omni-console-tls-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const options = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const subject = [
    '-subj',
    '/CN=127.0.0.1',
    '-addext',
    'subjectAltName=IP:127.0.0.1,DNS:localhost',
    '-keyout',
    key,
    '-out',
    cert,
  ];
  try {
    execFileSync('openssl', [...options, ...subject], { stdio: 'ignore' });
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  } catch {
    return undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const certificate = selfSigned();
const tlsFailed = { ok: false, error: { kind: 'unreachable', cause: 'tls', requestId: expect.any(String) } };

test('omniRequestAs: https to a server that speaks http', async () => {
  const server = await startServer((response) => response.end('{}'));
  const url = server.url.replace('http:', 'https:');
  expect(await omniRequestAs(credentialFor(url), aRead)).toEqual(tlsFailed);
  expect(await omniRequestAs(credentialFor(url), aWrite)).toEqual(tlsFailed);
  expect(server.heard).toHaveLength(0);
  await server.stop();
});

test('omniRequestAs: a handshake that never ends sends no write', async () => {
  const sockets: Socket[] = [];
  const server = createRawServer((socket) => sockets.push(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect(await omniRequestAs(credentialFor(url), { ...aWrite, timeoutMs: 150 })).toMatchObject({
    error: { kind: 'unreachable', cause: 'timeout' },
  });
  for (const socket of sockets) socket.destroy();
  server.close();
});

describe.skipIf(!certificate)('omniRequestAs: an untrusted certificate', () => {
  let heard = 0;
  let url = '';
  let cut = false;
  const server = createServer(certificate ?? {}, (request, response) => {
    heard += 1;
    if (cut) request.socket.destroy();
    else response.end('{"ok":true}');
  });
  const trusted = getCACertificates('default');

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    setDefaultCACertificates(trusted);
    server.close();
    server.closeAllConnections();
  });

  test('is refused before anything is sent', async () => {
    expect(await omniRequestAs(credentialFor(url), aRead)).toEqual(tlsFailed);
    expect(await omniRequestAs(credentialFor(url), aWrite)).toEqual(tlsFailed);
    expect(heard).toBe(0);
  });

  test('a typed address gets no connection of a listed server’s at the same name: it would skip the check of its address', async () => {
    setDefaultCACertificates([...trusted, certificate?.cert ?? '']);
    const named = url.replace('127.0.0.1', 'localhost');
    const typed = new Credential({ id: 'typed', name: 'Typed', url: named, typed: true }, TEST_KEY);
    expect(await omniRequestAs(credentialFor(named), aRead)).toMatchObject({ ok: true });
    heard = 0;
    expect(await omniRequestAs(typed, aRead)).toMatchObject({ error: { kind: 'unreachable', cause: 'blocked' } });
    expect(heard).toBe(0);
  });

  test('is accepted once it is trusted; then a cut write may have happened', async () => {
    setDefaultCACertificates([...trusted, certificate?.cert ?? '']);
    expect(await omniRequestAs(credentialFor(url), aRead)).toEqual({ ok: true, value: { ok: true } });
    cut = true;
    heard = 0;
    expect(await omniRequestAs(credentialFor(url), aWrite)).toMatchObject({
      error: { kind: 'outcome_unknown', cause: 'reset' },
    });
    expect(heard).toBe(1);
  });
});
