import { afterEach, expect, test, vi } from 'vitest';

const secrets = { STORE_KEYS: `1:${'k'.repeat(32)}`, SESSION_PASSWORDS: `1:${'p'.repeat(32)}` };

async function logAt(level: string) {
  for (const [name, value] of Object.entries({ ...secrets, LOG_LEVEL: level })) vi.stubEnv(name, value);
  vi.resetModules();
  return (await import('./log.ts')).log;
}

function listen() {
  const lines: string[] = [];
  for (const method of ['debug', 'info', 'warn', 'error'] as const) {
    vi.spyOn(console, method).mockImplementation((line: string) => void lines.push(`${method} ${line}`));
  }
  return lines;
}

afterEach(() => vi.useRealTimers());

test('one line of JSON, with what happened and its facts', async () => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 23), toFake: ['Date'] });
  const lines = listen();
  (await logAt('info'))('warn', 'session.cookie_refused', { reason: 'in\nvalid', tries: 2 });
  const line = `{"level":"warn","at":"2026-11-23T00:00:00.000Z","event":"session.cookie_refused","reason":"in\\nvalid","tries":2}`;
  expect(lines).toEqual([`warn ${line}`]);
});

test.each([
  ['debug', 4],
  ['info', 3],
  ['warn', 2],
  ['error', 1],
  ['silent', 0],
])('LOG_LEVEL=%s lets %d of four through', async (level, count) => {
  const lines = listen();
  const log = await logAt(level);
  for (const one of ['debug', 'info', 'warn', 'error'] as const) log(one, 'x');
  expect(lines).toHaveLength(count);
});
