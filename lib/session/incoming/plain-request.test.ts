import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { makePlain } from './plain-request.ts';

type Seen = { method: string; url: string; headers: IncomingHttpHeaders };

const ORIGIN = 'https://console.example';
let trusted: string[] = [];
let seen: Seen[] = [];
const server = createServer((request, response) => {
  seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers });
  response.end();
});
/** As the console does it: before whoever serves the request sees it. */
const onStart = (message: unknown) => makePlain((message as { request: IncomingMessage }).request, ORIGIN, trusted);

beforeAll(async () => {
  subscribe('http.server.request.start', onStart);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
beforeEach(() => {
  trusted = [];
  seen = [];
});
afterAll(() => {
  unsubscribe('http.server.request.start', onStart);
  server.close();
});

/** The request as it is seen after these bytes were sent. */
async function sent(...lines: string[]): Promise<Seen> {
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write([...lines, 'Connection: close', '', ''].join('\r\n')));
    socket
      .on('error', reject)
      .on('close', () => resolve())
      .resume();
  });
  const [one] = seen;
  if (!one) throw new Error('nothing was seen');
  return one;
}

test.each(['console.example', 'console.example:443', 'CONSOLE.Example', 'console.example.', 'Console.example.:443'])(
  'makePlain: Host %s is the console’s own',
  async (host) => {
    const { headers } = await sent('GET /persons HTTP/1.1', `Host: ${host}`);
    expect(headers.host).toBe('console.example');
  },
);

test.each(['evil.example', 'console.example:8443', 'console.example.evil.example', '127.0.0.1:3000'])(
  'makePlain: Host %s is left as it is',
  async (host) => {
    const { headers } = await sent('GET /persons HTTP/1.1', `Host: ${host}`);
    expect(headers.host).toBe(host);
  },
);

test('makePlain: a target with the console’s own host is one too', async () => {
  const { headers, url } = await sent('GET https://CONSOLE.example.:443/persons HTTP/1.1', 'Host: evil.example');
  expect([headers.host, url]).toEqual(['console.example', '/persons']);
});

test('makePlain: X-Forwarded-Host of a trusted proxy is its first name, of others nothing', async () => {
  const lines = ['GET / HTTP/1.1', 'Host: 10.0.0.1:3000', 'X-Forwarded-Host: Console.example:443, inner.example'];
  expect((await sent(...lines)).headers).not.toHaveProperty('x-forwarded-host');
  trusted = ['127.0.0.1'];
  seen = [];
  expect((await sent(...lines)).headers['x-forwarded-host']).toBe('console.example');
});

test('makePlain: TRACE becomes a request that the proxy refuses', async () => {
  const { method, url, headers } = await sent('TRACE /icon.svg HTTP/1.1', 'Host: console.example');
  expect([method, url, headers['x-console-refused-method']]).toEqual(['GET', '/', 'TRACE']);
});

test.each(['OPTIONS *', 'GET *', 'TRACE *', 'OPTIONS ftp://console.example/x'])(
  'makePlain: %s has no path, and is refused',
  async (asked) => {
    const { method, url, headers } = await sent(`${asked} HTTP/1.1`, 'Host: console.example');
    const [name] = asked.split(' ');
    expect([method, url, headers['x-console-refused-method']]).toEqual(['GET', '/', name]);
  },
);

test.each([
  ['%5B%22%22%2C%7B%7D%5D', true],
  ['%7Bbad', false],
  ['null', false],
])('makePlain: the router state %s is kept: %s', async (state, kept) => {
  const { headers } = await sent('GET / HTTP/1.1', 'Host: a', `Next-Router-State-Tree: ${state}`);
  expect(headers['next-router-state-tree']).toBe(kept ? state : undefined);
});

test('makePlain: nobody outside says that a method is refused', async () => {
  const { headers } = await sent('GET / HTTP/1.1', 'Host: a', 'X-Console-Refused-Method: TRACE');
  expect(headers).not.toHaveProperty('x-console-refused-method');
});

test.each<[string, string[], string]>([
  ['no proxy', [], '1'],
  ['a claim of its own', ['X-Console-From-Here: 1'], '1'],
  ['a reverse proxy on this machine', ['X-Forwarded-For: 203.0.113.9'], '0'],
  ['one that says so in another way', ['Via: 1.1 inner', 'X-Console-From-Here: 1'], '0'],
  ['one that tells the host only', ['X-Forwarded-Host: console.example'], '0'],
  ['one of the standard', ['Forwarded: for=203.0.113.9'], '0'],
])('makePlain: from this machine with %s: %s says %s', async (_name, more, told) => {
  for (const proxies of [[], ['127.0.0.1']]) {
    trusted = proxies;
    seen = [];
    const { headers } = await sent('GET / HTTP/1.1', 'Host: a', ...more);
    expect(headers['x-console-from-here']).toBe(told);
  }
});
