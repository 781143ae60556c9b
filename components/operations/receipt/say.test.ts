import { createFormatter, createTranslator } from 'use-intl/core';
import { describe, expect, test } from 'vitest';
import en from '#messages/en.json' with { type: 'json' };
import ptBR from '#messages/pt-BR.json' with { type: 'json' };
import { sets } from '#lib/operations/effects/effect.ts';
import { textOf } from '#lib/operations/effects/plan-of.ts';
import {
  listValue,
  momentValue,
  NOTHING,
  textValue,
  thing,
  wordValue,
  type Value,
} from '#lib/operations/effects/value.ts';
import { sayer } from './say.ts';

const MESSAGES = { en, 'pt-BR': ptBR };

function sayIn(locale: 'en' | 'pt-BR', timeZone: string): ReturnType<typeof sayer>['say'] {
  const onError = (error: Error) => {
    throw error;
  };
  const intl = { locale, timeZone, onError };
  const messages: typeof en = locale === 'en' ? MESSAGES.en : { ...en, ...MESSAGES['pt-BR'] };
  return sayer({ t: createTranslator({ ...intl, messages }), messages, format: createFormatter(intl) }).say;
}

/** What a review says of a key whose expiry moves, line by line, as somebody reads it there. */
function expiryRead(locale: 'en' | 'pt-BR', timeZone: string, from: string, to: string | null): string {
  const never = wordValue('never');
  return sayIn(
    locale,
    timeZone,
  )(textOf(sets('key.expiresAt', momentValue(from, never), momentValue(to, never))))
    .replaceAll(/\s/g, ' ')
    .replace(/^(Expires|Expira): /, '');
}

describe('operations: the values of a review', () => {
  const [APRIL, OCTOBER, DECEMBER] = [
    '2026-04-04T14:20:00.000Z',
    '2026-10-04T14:20:00.000Z',
    '2026-12-31T18:40:00.000Z',
  ];

  test.each([
    ['Asia/Kolkata', 'en', 'Apr 4, 2026, 7:50 PM → Oct 4, 2026, 7:50 PM', 'Jan 1, 2027, 12:10 AM → Never'],
    ['Pacific/Auckland', 'en', 'Apr 5, 2026, 2:20 AM → Oct 5, 2026, 3:20 AM', 'Jan 1, 2027, 7:40 AM → Never'],
    ['America/Sao_Paulo', 'en', 'Apr 4, 2026, 11:20 AM → Oct 4, 2026, 11:20 AM', 'Dec 31, 2026, 3:40 PM → Never'],
    ['Asia/Kathmandu', 'en', 'Apr 4, 2026, 8:05 PM → Oct 4, 2026, 8:05 PM', 'Jan 1, 2027, 12:25 AM → Never'],
    ['Australia/Lord_Howe', 'en', 'Apr 5, 2026, 1:20 AM → Oct 5, 2026, 1:20 AM', 'Jan 1, 2027, 5:40 AM → Never'],
    [
      'Asia/Kolkata',
      'pt-BR',
      '4 de abr. de 2026, 19:50 → 4 de out. de 2026, 19:50',
      '1 de jan. de 2027, 00:10 → Nunca',
    ],
    [
      'Pacific/Auckland',
      'pt-BR',
      '5 de abr. de 2026, 02:20 → 5 de out. de 2026, 03:20',
      '1 de jan. de 2027, 07:40 → Nunca',
    ],
    [
      'America/Sao_Paulo',
      'pt-BR',
      '4 de abr. de 2026, 11:20 → 4 de out. de 2026, 11:20',
      '31 de dez. de 2026, 15:40 → Nunca',
    ],
  ] as const)('the same moments are read in %s, in %s', (zone, locale, dates, end) => {
    expect([expiryRead(locale, zone, APRIL, OCTOBER), expiryRead(locale, zone, DECEMBER, null)]).toEqual([dates, end]);
  });

  test.each([
    ['Australia/Lord_Howe', 'en', '1:50:00 AM GMT+11', '1:50:00 AM GMT+10:30', '2026-04-04T14:50:00.000Z', 30],
    ['Pacific/Auckland', 'en', '2:50:00 AM GMT+13', '2:50:00 AM GMT+12', '2026-04-04T13:50:00.000Z', 60],
  ] as const)('in %s a clock that is put back reads the same twice: the two are told apart', (...row) => {
    const [zone, locale, from, to, at, minutes] = row;
    const later = new Date(Date.parse(at) + minutes * 60_000).toISOString();
    expect(expiryRead(locale, zone, at, later)).toBe(`Apr 5, 2026, ${from} → Apr 5, 2026, ${to}`);
  });

  test('moments that differ by seconds are told apart; the same moment is not drawn out', () => {
    const read = (from: string, to: string) => expiryRead('pt-BR', 'America/Sao_Paulo', from, to);
    expect(read('2026-12-31T18:40:00.000Z', '2026-12-31T18:40:59.000Z')).toBe(
      '31 de dez. de 2026, 15:40:00 BRT → 31 de dez. de 2026, 15:40:59 BRT',
    );
    expect(read('2026-12-31T18:40:00.000Z', '2026-12-31T18:40:00Z')).toBe(
      '31 de dez. de 2026, 15:40 → 31 de dez. de 2026, 15:40',
    );
  });

  test.each<[Value, string]>([
    [NOTHING, '—'],
    [wordValue('all-instances'), 'All instances, including future ones'],
    [thing('instance', '11111111-1111-4111-8111-111111111111', 'wa-vendas'), 'wa-vendas'],
    [thing('instance', '11111111-1111-4111-8111-111111111111', null), '11111111…'],
    [listValue(['a', 'b', 'c']), 'a, b, and c'],
    [{ is: 'inherited', value: textValue('60 s') }, 'inherited (60 s)'],
  ])('%j is said as it is called', (value, said) => {
    expect(sayIn('en', 'UTC')(textOf(sets('key.instanceIds', value, NOTHING)))).toBe(`Instances: ${said} → —`);
  });

  test.each([
    ['en', 'Ana on wa is answered by nobody instead of Bia: Bot’s provider is inactive'],
    ['pt-BR', 'o provedor de Bot está inativo'],
  ] as const)('why nobody answers is one sentence for all of them, in %s', (locale, said) => {
    const values = { name: 'Ana', instance: 'wa', from: 'Bia', to: 'nobody', why: 'provider_inactive', agent: 'Bot' };
    expect(sayIn(locale, 'UTC')({ key: 'effect.answered-person-nobody', values })).toContain(said);
  });

  test.each([
    ['deny', 'Give the blocking rule for 5511 back'],
    ['allow', 'Give the allowing rule for 5511 back'],
  ])('a rule is called by what it does: %s', (action, said) => {
    expect(sayIn('en', 'UTC')({ key: 'merge-undo.step-move-rule', values: { action, target: '5511' } })).toBe(said);
  });

  test('two long texts are shown around the place where they differ, inherited ones too', () => {
    const long = (end: string) => textValue(`${'Responda só a clientes. '.repeat(40)}${end}${'!'.repeat(400)}`);
    const said = sayIn(
      'en',
      'UTC',
    )(textOf(sets('route.agentGatePrompt', { is: 'inherited', value: long('Sem') }, long('Com'))));
    expect(said.length).toBeLessThan(700);
    expect(said).toMatch(/clientes\. Sem!.*clientes\. Com!/);
  });
});
