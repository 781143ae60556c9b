import { describe, expect, test } from 'vitest';
import en from '#messages/en.json' with { type: 'json' };
import ptBR from '#messages/pt-BR.json' with { type: 'json' };
import { happens, sets } from '#lib/operations/effects/effect.ts';
import { textValue, thing } from '#lib/operations/effects/value.ts';
import { askedFor, typedMeans } from './typed-to-confirm.ts';

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

describe('what the text to type is', () => {
  const phone = (asks: string) =>
    sets('person.primaryPhone', textValue('+5511998887766'), textValue('+551176543210'), {
      kept: 'no',
      back: 'no',
      asks,
    });
  const person = thing('person', 'p', 'Ana');
  const key = thing('key', 'k', 'crm-worker');
  test.each([
    ['the end of a phone', { typed: { text: '7766' }, changes: [phone('7766')] }, 'phone'],
    [
      'a name',
      { typed: { text: 'Ana Sá' }, changes: [happens('gone', { of: person, kept: 'no', back: 'no', asks: 'Ana Sá' })] },
      'name',
    ],
    ['a name of four digits', { typed: { text: '2024' }, changes: [phone('2024')] }, 'name'],
    ['so many duplicates', { typed: { text: '12' }, changes: [phone('12')] }, 'duplicates'],
    [
      'a key',
      { typed: { text: 'crm-worker' }, changes: [happens('key-revoked', { of: key, kept: 'no', back: 'no' })] },
      'key',
    ],
    [
      'a key that asks',
      { typed: { text: '7' }, changes: [happens('x', { of: key, kept: 'no', back: 'no', asks: '7' })] },
      'key',
    ],
    [
      'so many keys',
      { typed: { text: '2' }, changes: [happens('key-revoked', { of: key, kept: 'no', back: 'no' })] },
      'keys',
    ],
    [
      'so many routes',
      { typed: { text: '3' }, changes: [happens('routes-deleted', { kept: 'no', back: 'no', count: 3 })] },
      'routes',
    ],
    ['a word', { typed: { word: 'merge' as const }, changes: [phone('7766')] }, null],
    ['an older plan', { typed: { text: '7766' } }, null],
    ['nothing', {}, null],
  ])('%s', (_, plan, means) => expect(typedMeans(plan)).toBe(means));
});
