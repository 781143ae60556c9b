import { expect, test } from 'vitest';
import { evidenceWord } from './evidence-word.ts';

test('duplicates: a name that only shares words with another is similar, not the same', () => {
  expect(evidenceWord({ what: 'name', value: 'João Silva · JOAO  SILVA' })).toBe('name');
  expect(evidenceWord({ what: 'name', value: 'João Silva · joão da silva' })).toBe('name-like');
  expect(evidenceWord({ what: 'email', value: 'a@example.com' })).toBe('email');
});
