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

test('only words of ours, counts and names get in: another text does not compile', async () => {
  const lines = listen();
  const log = await logAt('info');
  const typed = ['João Silva', 'x'].join('');
  // @ts-expect-error a text from outside
  log('info', 'x.y', { who: typed });
  // @ts-expect-error neither as the event
  log('info', typed);
  log('info', 'x.y', { kind: 'full', count: 1, yes: true, none: null });
  expect(lines).toHaveLength(3);
});

test.each([
  ['0dfb6c08-484b-4e7e-93d1-c83ee73ad3e9', true],
  ['sao-paulo', true],
  ['/persons/[id]', true],
  ['João', false],
  ['Ana Silva', false],
  ['ana@example.com', false],
  ['+5511999998888', false],
  ['/persons?q=Silva', false],
  ['omni_sk_abcdef', false],
  ['a\nb', false],
  ['x'.repeat(81), false],
  ['', false],
])('%j is a name: %s', async (text, is) => {
  const { logName } = await import('./log.ts');
  expect(logName(text)).toBe(is ? text : 'other');
});
