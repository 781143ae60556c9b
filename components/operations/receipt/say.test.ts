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

const expiry = textOf(sets('key.expiresAt', momentValue('2026-12-31T18:40:00.000Z'), wordValue('never')));

describe('operations: the values of a review', () => {
  test.each([
    ['Asia/Kolkata', 'en', 'Expires: Jan 1, 2027, 12:10 AM → Never'],
    ['Pacific/Auckland', 'en', 'Expires: Jan 1, 2027, 7:40 AM → Never'],
    ['America/Sao_Paulo', 'pt-BR', 'Expira: 31 de dez. de 2026, 15:40 → Nunca'],
  ] as const)('a date is read in %s, in %s', (zone, locale, said) => {
    expect(sayIn(locale, zone)(expiry).replaceAll(/\s/g, ' ')).toBe(said);
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
