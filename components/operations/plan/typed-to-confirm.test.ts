import { expect, test } from 'vitest';
import en from '#messages/en.json' with { type: 'json' };
import ptBR from '#messages/pt-BR.json' with { type: 'json' };
import { askedFor } from './typed-to-confirm.ts';

const WORDS = { en: en.operations['join-word'], 'pt-BR': ptBR.operations['join-word'] };

test.each(Object.entries(WORDS))(
  'without a name, the word of %s is asked for; that of each language is taken',
  (_, word) => {
    const asked = askedFor({ word: 'join' }, word);
    expect(asked?.text).toBe(word);
    for (const text of ['JOIN', 'UNIR', 'join', ' Unir ', 'ünir'])
      expect([text, asked?.met(text)]).toEqual([text, true]);
    for (const text of ['', ' ', 'joi', 'joins', 'unir join', 'merge', '0000'])
      expect([text, asked?.met(text)]).toEqual([text, false]);
  },
);

test('the languages ask in their own words', () => {
  expect(WORDS).toEqual({ en: 'JOIN', 'pt-BR': 'UNIR' });
});

test('where there is a name, the word does not stand for it', () => {
  const asked = askedFor({ text: 'João  da Silva' }, 'JOIN');
  expect(asked?.text).toBe('João  da Silva');
  expect(['joao da silva', 'JOÃO DA SILVA ', 'JOIN', 'UNIR', 'João', ''].map((text) => asked?.met(text))).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
});

test('where nothing is lost, nothing is asked', () => {
  expect(askedFor(undefined, 'JOIN')).toBeNull();
});
