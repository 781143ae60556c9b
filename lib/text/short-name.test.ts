import { expect, test } from 'vitest';
import { shortName } from './short-name.ts';

test.each([
  ['Ana Souza', 'Ana Souza'],
  [' Ana ', 'Ana'],
  ['x'.repeat(24), 'x'.repeat(24)],
  ['Maria Aparecida dos Santos Oliveira', 'Maria Aparecida dos San…'],
  ['👩‍👩‍👧'.repeat(30), `${'👩‍👩‍👧'.repeat(23)}…`],
  ['Á'.normalize('NFD').repeat(30), `${'Á'.normalize('NFD').repeat(23)}…`],
  ['💥'.repeat(30), `${'💥'.repeat(23)}…`],
])('shortName: %s is %s', (name, short) => {
  expect(shortName(name)).toBe(short);
});
