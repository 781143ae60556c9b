import { expect, test } from 'vitest';
import en from '#messages/en.json' with { type: 'json' };
import ptBR from '#messages/pt-BR.json' with { type: 'json' };
import { RETIRED_TEXTS } from './retired-texts.ts';

test.each([
  ['en', en.operations.texts],
  ['pt-BR', ptBR.operations.texts],
])('operations.journal: sentences of entries of before are still said in %s', (_, texts) => {
  const written = new Set(Object.keys(texts));
  expect(RETIRED_TEXTS.filter((key) => !written.has(key.replaceAll('.', '-')))).toEqual([]);
});
