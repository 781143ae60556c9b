import type { LookupAddress } from 'node:dns';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { guardedLookup, isOpenAddress, mayCall } from './address-guard.ts';
import { Credential } from './credential.ts';
import { startServer, TEST_KEY, type Fixture } from '#lib/omni/testing/fixture-server.ts';
import { omniRequestAs } from './request.ts';

test.each([
  '127.0.0.1',
  '127.255.0.1',
  '0.0.0.0',
  '10.0.0.1',
  '100.64.0.1',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '[::1]',
  '::ffff:10.0.0.1',
  '::ffff:a00:1',
  '64:ff9b::a00:1',
  '2002:a00:1::',
  'fc00::1',
  'fd12:3456::1',
  'fe80::1',
  'ff02::1',
  'no address',
])('%s is closed', (address) => {
  expect(isOpenAddress(address, [])).toBe(false);
});

test.each(['1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700::1111'])('%s is open', (address) => {
  expect(isOpenAddress(address, [])).toBe(true);
});

test('address guard: networks the operator allows are open, and nothing beside them', () => {
  expect(isOpenAddress('10.2.3.4', ['10.2.0.0/16'])).toBe(true);
  expect(isOpenAddress('10.3.3.4', ['10.2.0.0/16'])).toBe(false);
  expect(isOpenAddress('10.2.3.4', ['10.2.3.4'])).toBe(true);
  expect(isOpenAddress('10.2.3.4', ['10.2.0.0/99', 'nonsense', '10.2.0.0/x'])).toBe(false);
  expect(isOpenAddress('fd00::1', ['fd00::/8'])).toBe(true);
});

test.each([
  'http://example.com',
  'https://127.0.0.1',
  'https://[::1]',
  'https://2130706433',
  'https://0x7f.1',
  'https://127.1',
])('address guard: a typed %s is not called', (url) => {
  expect(mayCall(new URL(url))).toBe(false);
});

test('address guard: a typed name may be called, its addresses are checked as it resolves', () => {
  expect(mayCall(new URL('https://example.com'))).toBe(true);
});

test.each([{ all: true }, {}])(
  'address guard: the lookup of a name with an inner address fails: %j',
  async (options) => {
    const error = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
      guardedLookup('localhost', options, (problem: NodeJS.ErrnoException | null, _address: string | LookupAddress[]) =>
        resolve(problem),
      );
    });
    expect(error).toMatchObject({ code: 'OMNI_CONSOLE_BLOCKED' });
  },
);

let server: Fixture | undefined;
afterEach(() => server?.stop());

test('address guard: a typed server with an inner address gets nothing, not even a handshake', async () => {
  server = await startServer((response) => response.end('{}'));
  const blocked = { ok: false, error: { kind: 'unreachable', cause: 'blocked', requestId: expect.any(String) } };
  const origins = [server.url, `https://127.0.0.1:${server.port}`, `https://localhost:${server.port}`];
  for (const url of origins) {
    const credential = new Credential({ id: 'typed', name: 'Typed', url, typed: true }, TEST_KEY);
    const read = { method: 'GET' as const, path: '/health', schema: z.unknown() };
    expect(await omniRequestAs(credential, read)).toEqual(blocked);
    expect(await omniRequestAs(credential, { ...read, method: 'POST', path: '/keys' })).toEqual(blocked);
  }
  expect(server.connections()).toBe(0);
});
