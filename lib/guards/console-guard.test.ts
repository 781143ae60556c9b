import { expect, test } from 'vitest';
import { expectLogged, unexpectedLogs } from './console-guard.ts';

test('an unexpected line and an expectation that stayed empty are both reported', () => {
  expect(unexpectedLogs(['boom'], [])).toEqual(['boom']);
  expect(unexpectedLogs([], [/boom/])).toEqual(['never logged: /boom/']);
  expect(unexpectedLogs(['boom 7'], [/boom \d/])).toEqual([]);
});

test('a test may log what it says it will', () => {
  expectLogged(/as planned/);
  console.error('as planned', { to: 'nobody' });
});
