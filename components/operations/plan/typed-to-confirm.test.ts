import { describe, expect, test } from 'vitest';
import en from '#messages/en.json' with { type: 'json' };
import ptBR from '#messages/pt-BR.json' with { type: 'json' };
import { askedFor } from './typed-to-confirm.ts';

const WORDS = { en: en.operations['typed-words'].merge, 'pt-BR': ptBR.operations['typed-words'].merge };

describe('typing to confirm an operation', () => {
  test.each(Object.entries(WORDS))(
    'without a name, the word of %s is asked for; that of each language is taken',
    (_, word) => {
      const asked = askedFor({ word: 'merge' }, () => word);
      expect(asked?.text).toBe(word);
      for (const text of ['MERGE', 'MESCLAR', 'merge', ' Mesclar ', 'mérge'])
        expect([text, asked?.met(text)]).toEqual([text, true]);
      for (const text of ['', ' ', 'merg', 'merges', 'mesclar merge', 'join', '0000'])
        expect([text, asked?.met(text)]).toEqual([text, false]);
    },
  );

  test('the languages ask in their own words', () => {
    expect(WORDS).toEqual({ en: 'MERGE', 'pt-BR': 'MESCLAR' });
  });

  test('where there is a name, the word does not stand for it', () => {
    const asked = askedFor({ text: 'João  da Silva' }, () => 'MERGE');
    expect(asked?.text).toBe('João da Silva');
    expect(['joao da silva', 'JOÃO DA SILVA ', 'MERGE', 'MESCLAR', 'João', ''].map((text) => asked?.met(text))).toEqual(
      [true, true, false, false, false, false],
    );
  });

  test('of a name what can be seen is asked, and can be typed', () => {
    const asked = askedFor({ text: 'crm\u202eseõça\u200b' }, () => 'REVOKE');
    expect(asked?.text).toBe('crmseõça');
    expect(['crmseoca', 'crm\u202eseõça\u200b', 'crm', ''].map((text) => asked?.met(text))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(askedFor({ text: '\u200b' }, () => 'REVOKE')?.met('')).toBe(false);
  });

  test.each([
    ['3219', '', false],
    ['¨', '', false],
    ['¨', ' ', false],
    ['¨', '¨', true],
    ['´¸˜', '~', false],
    ['', '', false],
  ])('where %j is asked for, %j is enough: %s', (text, typed, enough) => {
    expect(askedFor({ text }, (verb) => verb)?.met(typed)).toBe(enough);
  });

  test('where everything is kept, nothing is asked', () => {
    expect(askedFor(undefined, () => 'MERGE')).toBeNull();
  });
});
