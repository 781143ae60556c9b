import { expect, test } from 'vitest';
import { searchedText } from './limits.ts';

test('limits: a long text is searched for by its beginning, never within a character', () => {
  expect(searchedText(`  ${'a'.repeat(300)} `)).toBe('a'.repeat(200));
  expect(searchedText('a'.repeat(199) + '😀')).toBe('a'.repeat(199));
  expect(searchedText('😀'.repeat(150))).toBe('😀'.repeat(100));
  expect(searchedText(`${'a'.repeat(199)} b`)).toBe('a'.repeat(199));
});
