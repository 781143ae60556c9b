import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer, getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { credentialFor } from '#lib/omni/testing/fixture-server.ts';
import { omniAs } from './request.ts';

const schema = z.object({ ok: z.literal(true) });
const aRead = { method: 'GET' as const, path: '/health', schema };
const aWrite = { method: 'POST' as const, path: '/persons/unlink', body: {}, schema };
const HELD = { ok: false, error: { kind: 'invalid', code: 'hold_lost', issues: [], requestId: 'not-sent' } };
const ANSWER = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 11\r\n\r\n{"ok":true}';

const servers: Server[] = [];
const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});

async function listening(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** Counts every byte of a connection that is no longer encrypted, and answers at the first. */
function counting() {
  const heard = { connections: 0, bytes: 0, firstAt: 0, closed: Promise.withResolvers<void>() };
  const serve = (socket: Socket) => {
    sockets.push(socket);
    heard.connections += 1;
    socket.on('error', () => {});
    socket.on('close', () => heard.closed.resolve());
    socket.on('data', (bytes) => {
      heard.firstAt = performance.now();
      heard.bytes += bytes.length;
      socket.end(ANSWER);
    });
  };
  return { heard, serve };
}

describe('omniRequestAs: mayStillSend', () => {
  test('is asked once for each write, when the connection stands, and never for a read', async () => {
    const { heard, serve } = counting();
    const url = `http://127.0.0.1:${await listening(createServer(serve))}`;
    let asked = 0;
    const omni = omniAs(credentialFor(url), { mayStillSend: () => (asked += 1) > 0 });
    expect(await omni.request(aWrite)).toEqual({ ok: true, value: { ok: true } });
    expect([asked, heard.connections]).toEqual([1, 1]);
    expect(await omni.request(aRead)).toEqual({ ok: true, value: { ok: true } });
    expect(asked).toBe(1);
  });

  test('that says no: not a byte is sent, and the connection ends', async () => {
    const { heard, serve } = counting();
    const url = `http://127.0.0.1:${await listening(createServer(serve))}`;
    expect(await omniAs(credentialFor(url), { mayStillSend: () => false }).request(aWrite)).toEqual(HELD);
    await heard.closed.promise;
    expect([heard.connections, heard.bytes]).toEqual([1, 0]);
  });

  test('is not asked where no connection comes about', async () => {
    const server = createServer();
    const port = await listening(server);
    await new Promise((resolve) => server.close(resolve));
    let asked = 0;
    const omni = omniAs(credentialFor(`http://127.0.0.1:${port}`), { mayStillSend: () => (asked += 1) > 0 });
    expect(await omni.request(aWrite)).toMatchObject({ error: { kind: 'unreachable', cause: 'refused' } });
    expect(asked).toBe(0);
  });

  test('from its answer to the first byte at the server: the window that no check can close', async () => {
    const { heard, serve } = counting();
    const url = `http://127.0.0.1:${await listening(createServer(serve))}`;
    let asked = 0;
    const omni = omniAs(credentialFor(url), { mayStillSend: () => (asked = performance.now()) > 0 });
    const took: number[] = [];
    for (let round = 0; round < 200; round += 1) {
      expect((await omni.request(aWrite)).ok).toBe(true);
      took.push(heard.firstAt - asked);
    }
    const sorted = took.toSorted((a, b) => a - b).map((ms) => ms.toFixed(2));
    expect(sorted).toHaveLength(200);
    process.stderr.write(
      `mayStillSend to first byte, ms: median ${sorted[100]}, 99th ${sorted[197]}, most ${sorted[199]}\n`,
    );
  });
});

/** A certificate for 127.0.0.1, or nothing where there is no openssl. */
function selfSigned(): { key: string; cert: string } | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'omni-console-hold-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert];
  try {
    execFileSync('openssl', ['req', '-x509', ...curve, ...subject], { stdio: 'ignore' });
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  } catch {
    return undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const certificate = selfSigned();

describe.skipIf(!certificate)('omniRequestAs: mayStillSend over TLS', () => {
  const trusted = getCACertificates('default');
  beforeAll(() => setDefaultCACertificates([...trusted, certificate?.cert ?? '']));
  afterAll(() => setDefaultCACertificates(trusted));

  test.each([
    ['sent', true],
    ['held back', false],
  ])('is asked after the handshake: a hold that changed while connecting decides, the write is %s', async (_, kept) => {
    const { heard, serve } = counting();
    const behind = await listening(createTlsServer(certificate ?? {}, serve));
    // The handshake waits here until the hold is what it will be.
    const opened = Promise.withResolvers<void>();
    const arrived = Promise.withResolvers<void>();
    const gate = createServer(async (near) => {
      sockets.push(near);
      near.on('error', () => {});
      arrived.resolve();
      await opened.promise;
      const far = connect(behind, '127.0.0.1').on('error', () => {});
      sockets.push(far);
      near.on('close', () => far.destroy());
      near.pipe(far).pipe(near);
    });
    let held = !kept;
    let asked = 0;
    const mayStillSend = () => {
      asked += 1;
      return held;
    };
    const url = `https://127.0.0.1:${await listening(gate)}`;
    const answer = omniAs(credentialFor(url), { mayStillSend }).request(aWrite);
    await arrived.promise;
    expect(asked).toBe(0);
    held = kept;
    opened.resolve();
    expect(await answer).toEqual(kept ? { ok: true, value: { ok: true } } : HELD);
    expect(asked).toBe(1);
    if (!kept) expect(heard.bytes).toBe(0);
  });
});
