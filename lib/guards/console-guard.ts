import { configureGlobal } from 'fast-check';
import { afterEach, beforeEach, expect } from 'vitest';

const METHODS = ['error', 'warn'] as const;
const heard: string[] = [];
let expected: RegExp[] = [];

/** This test expects a console.error or console.warn that matches `pattern`; the test fails when none comes. */
export function expectLogged(pattern: RegExp): void {
  expected.push(pattern);
}

/** Lines no pattern expects, and patterns no line answered. */
export function unexpectedLogs(lines: readonly string[], patterns: readonly RegExp[]): string[] {
  return [
    ...lines.filter((line) => !patterns.some((pattern) => pattern.test(line))),
    ...patterns
      .filter((pattern) => !lines.some((line) => pattern.test(line)))
      .map((pattern) => `never logged: ${pattern}`),
  ];
}

// `npm run soak` asks for more, and for more time.
if (process.env.FC_RUNS) configureGlobal({ numRuns: Number(process.env.FC_RUNS) });

for (const method of METHODS) {
  console[method] = (...parts: unknown[]) => {
    heard.push(parts.map(String).join(' '));
  };
}

beforeEach(() => {
  heard.length = 0;
  expected = [];
});

afterEach(() => {
  expect(unexpectedLogs(heard, expected), 'a test that logs an error or a warning fails unless it expects it').toEqual(
    [],
  );
});
