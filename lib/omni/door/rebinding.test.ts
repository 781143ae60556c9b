import type * as dns from 'node:dns';
import type { LookupAddress } from 'node:dns';
import { beforeEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { Credential } from './credential.ts';
import { startServer, TEST_KEY } from '#lib/omni/testing/fixture-server.ts';
import { omniRequestAs } from './request.ts';

const answers = vi.hoisted(() => ({ next: [] as LookupAddress[][], asked: 0 }));

vi.mock('node:dns', async (original) => ({
  ...(await original<typeof dns>()),
  lookup: (_name: string, _options: object, callback: (error: null, addresses: LookupAddress[]) => void) => {
    answers.asked += 1;
    callback(null, answers.next.shift() ?? [{ address: '127.0.0.1', family: 4 }]);
  },
}));

const at = (address: string): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 });
beforeEach(() => {
  answers.asked = 0;
  answers.next = [];
});

async function call(port: number) {
  const server = { id: 'typed', name: 'Typed', url: `https://rebinding.example:${port}`, typed: true };
  return omniRequestAs(new Credential(server, TEST_KEY), {
    method: 'POST',
    path: '/auth/validate',
    schema: z.unknown(),
    reads: true,
    timeoutMs: 400,
  });
}

test('guardedLookup: a name that resolved to an open address and now to an inner one is not called: each connection checks again', async () => {
  const home = await startServer((response) => response.end('{}'));
  // A public address at which nobody listens.
  answers.next = [[at('192.88.98.1')], [at('127.0.0.1')]];
  await call(home.port);
  expect(await call(home.port)).toMatchObject({ ok: false, error: { kind: 'unreachable', cause: 'blocked' } });
  expect(answers.asked).toBeGreaterThanOrEqual(2);
  expect(home.connections()).toBe(0);
  await home.stop();
});

test('guardedLookup: a name with one good and one inner address is not called at all', async () => {
  const home = await startServer((response) => response.end('{}'));
  for (const inner of ['127.0.0.1', '169.254.169.254', '::1', '::ffff:127.0.0.1', 'fd00::1']) {
    answers.next = [[at('192.88.98.1'), at(inner)]];
    expect(await call(home.port)).toMatchObject({ ok: false, error: { kind: 'unreachable', cause: 'blocked' } });
  }
  expect(home.connections()).toBe(0);
  await home.stop();
});
