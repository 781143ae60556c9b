import { expect, test } from 'vitest';
import { repeatedIn, vocabularyOf, wordsOf } from './page-words.ts';

const vocabulary = vocabularyOf({ a: 'Old keys expire, and nobody is told.', b: { c: 'You can undo it.' } });

test('wordsOf: letters only, in small letters; signs and digits are none', () => {
  expect(wordsOf('Don’t · 12 Keys, “Ação”!')).toEqual(['don’t', 'keys', 'ação']);
});

test('repeatedIn: a sentence that stands twice, also within a longer text; neither labels nor data', () => {
  const texts = [
    'Old keys expire, and nobody is told. You can undo it.',
    'Old keys expire, and nobody is told',
    'Undo',
    'Undo',
  ];
  expect(repeatedIn(texts, vocabulary)).toEqual(['Old keys expire, and nobody is told.']);
  const counted = (old: number) => `${old} old keys expire, and nobody is told.`;
  expect(repeatedIn([counted(3), counted(4)], vocabulary)).toEqual([]);
  const data = 'Ana Beatriz de Souza Lima Prado Filha';
  expect(repeatedIn([data, data], vocabulary)).toEqual([]);
});
