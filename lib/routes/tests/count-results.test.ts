import { createTranslator } from 'use-intl/core';
import { describe, expect, it } from 'vitest';
import en from '#messages/en.json' with { type: 'json' };
import pt from '#messages/pt-BR.json' with { type: 'json' };
import { countResults } from './count-results.ts';

describe('the summary of saved tests', () => {
  it.each([
    [['ok', 'ok'], '2 pass', '2 passaram'],
    [['other'], '1 fails', '1 falhou'],
    [['silent', 'ok'], '1 fails, 1 passes', '1 falhou, 1 passou'],
    [['unknown'], 'Can’t tell 1', 'Não dá para saber 1'],
    [['ok', 'unknown', 'unknown'], '1 passes, can’t tell 2', '1 passou, não dá para saber 2'],
    [['other', 'ok', 'unknown'], '1 fails, 1 passes, can’t tell 1', '1 falhou, 1 passou, não dá para saber 1'],
  ] as const)('says of %j what there is, what fails first', (states, english, portuguese) => {
    const counts = countResults(states.map((state) => ({ state })));
    expect(createTranslator({ locale: 'en', messages: en, namespace: 'saved-tests' })('summary', counts)).toBe(english);
    expect(createTranslator({ locale: 'pt-BR', messages: pt, namespace: 'saved-tests' })('summary', counts)).toBe(
      portuguese,
    );
  });
});
