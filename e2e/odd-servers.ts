import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { freePort } from '../scripts/ports.ts';
import { selfSigned } from './self-signed.ts';

/** Addresses that are not a well Omni, by the name the sign-in page offers them under. */
export type OddServers = {
  servers: Record<string, string>;
  /** `x-api-key` of each request that reached the address `Elsewhere` redirects to: must stay empty. */
  followed: string[];
  stop: () => Promise<void>;
};

function listen(server: Server, protocol: 'http' | 'https' = 'http'): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(`${protocol}://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`);
    });
  });
}

export async function startOddServers(): Promise<OddServers> {
  const followed: string[] = [];
  const target = createServer((request, answer) => {
    followed.push(String(request.headers['x-api-key'] ?? ''));
    answer.end('{}');
  });
  const targetUrl = await listen(target);
  const html: RequestListener = (_request, answer) => {
    answer
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<!doctype html><title>A router</title><h1>Welcome</h1>');
  };
  const slow = createServer(() => {});
  const notOmni = createServer(html);
  const elsewhere = createServer((request, answer) => {
    answer.writeHead(302, { location: `${targetUrl}${request.url}` }).end();
  });
  const untrusted = createTlsServer(selfSigned(), html);
  const broken = createServer((request) => request.socket.destroy());
  const all = [target, slow, notOmni, elsewhere, untrusted, broken];
  const servers = {
    Down: `http://127.0.0.1:${await freePort()}`,
    Slow: await listen(slow),
    'Not Omni': await listen(notOmni),
    Elsewhere: await listen(elsewhere),
    Untrusted: await listen(untrusted, 'https'),
    Broken: await listen(broken),
  };
  const stop = async (): Promise<void> => {
    for (const server of all) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  };
  return { servers, followed, stop };
}
