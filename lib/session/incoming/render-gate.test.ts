import { AsyncLocalStorage } from 'node:async_hooks';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { limitRenders, type GateLimits } from './render-gate.ts';

let server: Server;
let held: { url: string; response: ServerResponse }[];

async function gate(limits: Partial<GateLimits>): Promise<void> {
  limitRenders(server, { turns: 1, turnMs: 600_000, open: 2, openMs: 600_000, waiting: 1, ...limits });
  limitRenders(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
}

const ask = (path: string, init: RequestInit = {}) =>
  fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, init);
const urls = () => held.map(({ url }) => url);
const connections = () => new Promise((resolve) => server.getConnections((_, count) => resolve(count)));
const begin = (url: string) => held.find((one) => one.url === url)?.response.write('head');
const answer = (url: string) => held.find((one) => one.url === url)?.response.end('page');

beforeEach(() => {
  held = [];
  server = createServer(({ url = '' }, response) => void held.push({ url, response }));
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

describe('render gate', () => {
  test('a page waits for the one before it, and has its turn', async () => {
    await gate({});
    const one = ask('/persons');
    await expect.poll(urls).toEqual(['/persons']);
    const two = ask('/keys');
    const other = ask('/api/health/live');
    await expect.poll(urls).toEqual(['/persons', '/api/health/live']);
    answer('/api/health/live');
    expect((await other).status).toBe(200);
    answer('/persons');
    expect(await (await one).text()).toBe('page');
    await expect.poll(urls).toEqual(['/persons', '/api/health/live', '/keys']);
    answer('/keys');
    expect((await two).status).toBe(200);
  });

  test('where too many wait, a page is refused for now, and a change is not', async () => {
    await gate({ waiting: 0 });
    void ask('/persons').catch(() => undefined);
    await expect.poll(urls).toEqual(['/persons']);
    const refused = await ask('/keys?show=all');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '2']);
    void ask('/keys', { method: 'POST' }).catch(() => undefined);
    await expect.poll(urls).toEqual(['/persons', '/keys']);
  });

  test('who went away while waiting is passed over', async () => {
    await gate({ waiting: 2 });
    void ask('/persons').catch(() => undefined);
    await expect.poll(urls).toEqual(['/persons']);
    const leaving = new AbortController();
    const gone = ask('/routes', { signal: leaving.signal }).catch(() => 'gone');
    await expect.poll(() => connections()).toBe(2);
    leaving.abort();
    await gone;
    await expect.poll(() => connections()).toBe(1);
    void ask('/keys').catch(() => undefined);
    await expect.poll(() => connections()).toBe(2);
    answer('/persons');
    await expect.poll(urls).toEqual(['/persons', '/keys']);
  });

  test('a page that has begun gives its turn on, until too many are open', async () => {
    await gate({ open: 2 });
    const one = ask('/persons');
    await expect.poll(urls).toEqual(['/persons']);
    const two = ask('/keys');
    await expect.poll(() => connections()).toBe(2);
    expect(urls()).toEqual(['/persons']);
    begin('/persons');
    await expect.poll(urls).toEqual(['/persons', '/keys']);
    begin('/keys');
    const three = ask('/routes');
    await expect.poll(() => connections()).toBe(3);
    expect(urls()).toEqual(['/persons', '/keys']);
    answer('/persons');
    expect(await (await one).text()).toBe('headpage');
    await expect.poll(urls).toEqual(['/persons', '/keys', '/routes']);
    for (const url of ['/keys', '/routes']) answer(url);
    expect([(await two).status, (await three).status]).toEqual([200, 200]);
  });

  test('a page without a first byte gives its turn on too, after its time', async () => {
    await gate({ turnMs: 20 });
    void ask('/persons').catch(() => undefined);
    void ask('/keys').catch(() => undefined);
    await expect.poll(() => urls().toSorted()).toEqual(['/keys', '/persons']);
  });

  test('a page that is read slowly stops counting as open', async () => {
    await gate({ open: 1, openMs: 20 });
    void ask('/persons').catch(() => undefined);
    void ask('/keys').catch(() => undefined);
    await expect.poll(() => urls().toSorted()).toEqual(['/keys', '/persons']);
  });

  test('a page that waited is begun as a request of its own, not as a part of the one before it', async () => {
    const context = new AsyncLocalStorage<string>();
    const seen: (string | undefined)[] = [];
    server.removeAllListeners('request');
    server.on('request', ({ url = '' }, response: ServerResponse) => {
      seen.push(context.getStore());
      context.run(url, () => setImmediate(() => held.push({ url, response })));
    });
    await gate({});
    const one = ask('/persons');
    await expect.poll(urls).toEqual(['/persons']);
    void ask('/keys').catch(() => undefined);
    await expect.poll(() => connections()).toBe(2);
    context.run('/persons', () => answer('/persons'));
    await one;
    await expect.poll(urls).toEqual(['/persons', '/keys']);
    expect(seen).toEqual([undefined, undefined]);
  });
});
