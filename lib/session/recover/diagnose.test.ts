import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { env } from '#lib/env.ts';
import { startServer } from '#lib/omni/testing/fixture-server.ts';
import { closeStore } from '#lib/store/database.ts';
import { diagnose } from './diagnose.ts';

let omni: Awaited<ReturnType<typeof startServer>>;
beforeAll(async () => {
  // The time within which a server's health is kept does not pass, however slow the machine is.
  vi.useFakeTimers({ toFake: ['Date', 'performance'] });
  omni = await startServer((response, heard) => {
    response.setHeader('content-type', 'application/json');
    if (heard.path.endsWith('/health')) return response.end('{"status":"healthy"}');
    response.statusCode = 401;
    response.end('{"error":{"code":"UNAUTHORIZED","message":"no"}}');
  });
  Object.assign(process.env, {
    STORE_KEYS: `1:${'k'.repeat(32)}`,
    SESSION_PASSWORDS: `1:${'p'.repeat(32)}`,
    STORE_FILE: ':memory:',
    OMNI_SERVERS: `Local=${omni.url}`,
    SIGN_IN_TRIES: '2',
  });
  void env();
});
afterAll(async () => {
  vi.useRealTimers();
  await closeStore();
  await omni.stop();
});

const ask = (key: string) => diagnose({ serverId: 'local', key }, { clientIp: '203.0.113.9', innerClient: null });
const asked = (end: string) => omni.heard.filter(({ path }) => path.endsWith(end)).length;

test('diagnose: the health of a server is read once for many requests', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask('')));
  expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
    new Set([JSON.stringify({ server: 'up', key: { is: 'not_given' } })]),
  );
  expect(await ask('omni_sk_short')).toEqual({ server: 'up', key: { is: 'malformed' } });
  expect(asked('/health')).toBe(1);
  expect(JSON.stringify(omni.heard)).not.toContain('omni_sk_short');
});

test('diagnose: keys are tried only as often as at sign-in', async () => {
  for (const letter of ['a', 'b', 'c', 'd']) await ask(`omni_sk_${letter.repeat(32)}`);
  expect(await ask(`omni_sk_${'e'.repeat(32)}`)).toEqual({ server: 'up', key: { is: 'too_many_tries' } });
  expect(asked('/validate')).toBe(2);
  expect(asked('/health')).toBe(1);
});
