import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, createServer as createSocketServer, type AddressInfo, type Server as SocketServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, openAlive, test } from '../fixtures/test.ts';
import { homePage } from '../pom/home.ts';
import { personsPage } from '../pom/persons.ts';
import { servers } from '../pom/session/servers.ts';
import { signInPage } from '../pom/session/sign-in.ts';
import { selfSigned } from '../fixtures/servers/self-signed.ts';
import { actionCall, builtActions, resultOf, sendRaw } from './hostile.ts';

test.use({ as: 'nobody' });

const KEY = `omni_sk_${'Zz9'.repeat(10)}Zz`;
const NEUTRAL = { ok: false, code: 'server_not_usable' };

const listen = async (server: Server | SocketServer): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};

/** Every way to write this machine, a private network or a cloud's metadata. */
function inside(port: number): string[] {
  const hosts = [
    '127.0.0.1 127.1 127.0.1 2130706433 0x7f000001 0x7f.1 017700000001 0177.0.0.1 0.0.0.0 0 localhost LOCALHOST localhost.',
    '[::1] [::] [0:0:0:0:0:0:0:1] [::ffff:127.0.0.1] [::ffff:7f00:1] [::127.0.0.1] [64:ff9b::7f00:1] [2002:7f00:1::]',
    '169.254.169.254 2852039166 0xa9fea9fe 0251.0376.0251.0376 [::ffff:169.254.169.254] [fd00:ec2::254] [fe80::1]',
    '10.0.0.1 172.16.0.1 192.168.0.1 100.100.100.200 198.18.0.1 224.0.0.1 255.255.255.255 １２７.０.０.１ ⑯⑨.254.169.254',
  ].flatMap((line) => line.split(' '));
  return hosts.flatMap((host) => [`https://${host}:${port}`, `http://${host}:${port}`, `${host}:${port}`]);
}

test('sign-in with OMNI_ALLOW_ANY_SERVER: no way of writing an inner address makes the console call it', async ({
  beside,
  sandbox,
}) => {
  let connected = 0;
  const bait = createSocketServer((socket) => {
    connected += 1;
    socket.destroy();
  });
  const port = await listen(bait);
  const env = { OMNI_ALLOW_ANY_SERVER: '1', SIGN_IN_TRIES: '10000' };
  await beside({ servers: `Demo=${sandbox.url}`, env }, async (web) => {
    const action = builtActions().find(({ name }) => name === 'signInAction');
    if (!action) throw new Error('signInAction is not built');
    const sign = (input: object) =>
      sendRaw(web.origin, actionCall(action, [{ key: KEY, ...input }], { origin: web.origin }));
    const addresses = [
      ...inside(port),
      `https://user:pass@127.0.0.1:${port}`,
      `https://example.com@127.0.0.1:${port}`,
      `https://127.0.0.1:${port}#@example.com`,
      `https://127.0.0.1:${port}?.example.com`,
      `gopher://127.0.0.1:${port}`,
      'file:///etc/passwd',
      'javascript:alert(1)',
      '\u0000https://127.0.0.1',
      '',
    ];
    let sent = 0;
    for (const address of addresses) {
      const id = `at-${Buffer.from(address).toString('base64url')}`;
      for (const input of [{ serverId: 'typed', address }, { serverId: id }]) {
        const result = resultOf(await sign(input));
        expect([NEUTRAL.code, 'unknown_server'], address).toContain(result?.code);
        sent += 1;
      }
    }
    expect(connected).toBe(0);
    console.log(`hostile requests: ${sent} to inner addresses, none of them called`);
  });
  bait.close();
});

test('sign-in with OMNI_ALLOW_ANY_SERVER: a typed address with an Omni behind it works; a redirect is not followed', async ({
  beside,
  page,
  sandbox,
  watched,
}) => {
  watched.expectProblem(/^foreign request: http:\/\/127\.0\.0\.1:/);
  const folder = mkdtempSync(join(tmpdir(), 'omni-tls-'));
  const certificate = selfSigned();
  writeFileSync(join(folder, 'ca.pem'), certificate.cert);
  const followed: string[] = [];
  const target = createServer((request, answer) => {
    followed.push(request.url ?? '');
    answer.end('{}');
  });
  const targetPort = await listen(target);
  const upstream = new URL(sandbox.url);
  const tls = createTlsServer(certificate, (request, answer) => {
    if (request.url?.startsWith('/away')) {
      answer.writeHead(307, { location: `http://127.0.0.1:${targetPort}${request.url}` }).end();
      return;
    }
    const plain = connect(Number(upstream.port), upstream.hostname, () => {
      const names = Object.entries(request.headers).filter(([name]) => name !== 'connection');
      const head = names.map(([name, value]) => `${name}: ${String(value)}`).join('\r\n');
      plain.write(`${request.method} ${request.url} HTTP/1.1\r\n${head}\r\nconnection: close\r\n\r\n`);
      request.pipe(plain, { end: false });
    });
    plain.pipe(answer.socket ?? answer, { end: true });
  });
  const port = await listen(tls);
  const env = {
    OMNI_ALLOW_ANY_SERVER: '1',
    OMNI_ALLOW_NETS: '127.0.0.0/8',
    NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
  };
  try {
    await beside({ servers: `Demo=${sandbox.url}`, env }, async (web) => {
      const signIn = async (address: string) => {
        await openAlive(page, `${web.origin}/login?server=typed`);
        await signInPage.address(page).fill(address);
        await signInPage.signIn(page, sandbox.keys.support, 'Another address…');
      };
      await signIn(`https://127.0.0.1:${port}/away`);
      await expect(signInPage.alert(page)).toContainText('This address can’t be used');
      expect(followed).toEqual([]);
      await signIn(`http://127.0.0.1:${port}`);
      await expect(signInPage.alert(page)).toContainText('This address can’t be used');
      await signIn(`127.0.0.1:${port}`);
      await expect(homePage.heading(page)).toBeVisible();
      await servers.menu(page).click();
      await expect(servers.item(page, `127.0.0.1:${port}`)).toContainText('signed in');
      await openAlive(page, `${web.origin}/persons`);
      await expect(personsPage.rows(page)).toHaveCount(20);
    });
  } finally {
    for (const server of [target, tls]) {
      server.closeAllConnections();
      server.close();
    }
    rmSync(folder, { recursive: true, force: true });
  }
});

test('sign-in: where no address may be typed, none is offered or taken', async ({ page, open, web }) => {
  await open('/login?server=typed');
  await expect(page.getByRole('option', { name: 'Another address…' })).toHaveCount(0);
  const action = builtActions().find(({ name }) => name === 'signInAction');
  if (!action) throw new Error('signInAction is not built');
  const args = [{ serverId: 'typed', address: 'https://example.com', key: KEY }];
  expect(resultOf(await sendRaw(web.origin, actionCall(action, args, { origin: web.origin })))).toMatchObject(NEUTRAL);
});
