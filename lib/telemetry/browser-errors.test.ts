import { afterEach, expect, test, vi } from 'vitest';
import { expectLogged } from '#lib/guards/console-guard.ts';
import { logBrowserError, MOST_A_MINUTE } from './browser-errors.ts';

const REPORT = {
  kind: 'error',
  name: 'TypeError',
  // Which pages there are is known from the build, and there may be none.
  path: '/no/such/page',
  build: '0a1b2c3d4e5f',
  script: '0f-a.js',
  line: 1,
};
const told = (report: unknown, now = 0) => logBrowserError(JSON.stringify(report), now);

afterEach(() => void Reflect.deleteProperty(globalThis, Symbol.for('omni-console.browser-errors')));

test('browser errors: kind, class, place and build are logged', () => {
  expectLogged(
    /"event":"browser.error","kind":"error","name":"TypeError","page":"other","build":"0a1b2c3d4e5f","digest":"none","script":"0f-a.js","line":1,"column":null/,
  );
  expect(told(REPORT)).toBe('logged');
});

test('browser errors: what is no word of ours gets into no line', () => {
  expectLogged(/"name":"other","page":"other","build":"other","digest":"other","script":"other"/);
  const typed = { name: 'Ana Souza', path: '/Ana Souza', build: 'Ana', digest: '+5511987654321', script: 'omni_sk_x' };
  expect(told({ ...REPORT, ...typed })).toBe('logged');
});

test.each([
  ['a message', { ...REPORT, message: 'Ana' }],
  ['another kind', { ...REPORT, kind: 'x' }],
  ['no object', 'x'],
  ['a long name', { ...REPORT, name: 'x'.repeat(81) }],
])('browser errors: %s is refused', (_, report) => {
  expect(told(report)).toBe('refused');
});

test('browser errors: text that is no JSON is refused', () => {
  expect(logBrowserError('{', 0)).toBe('refused');
});

test('browser errors: a minute has so many lines and one more that says so; the next minute has its own', () => {
  const lines = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const answers = Array.from({ length: MOST_A_MINUTE + 20 }, () => told(REPORT, 1000));
  expect(answers.filter((answer) => answer === 'logged')).toHaveLength(MOST_A_MINUTE);
  expect(lines).toHaveBeenCalledTimes(MOST_A_MINUTE + 1);
  expect(lines.mock.lastCall?.[0]).toContain('browser.errors_dropped');
  expect(told(REPORT, 61_000)).toBe('logged');
});
