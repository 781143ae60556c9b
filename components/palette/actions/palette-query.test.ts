import { expect, test } from 'vitest';
import { toPaletteQuery } from './palette-query.ts';

test('palette query: a text is searched as typed, from two characters on', () => {
  expect(toPaletteQuery('João da Silva')).toEqual({ text: 'João da Silva', onlyKeys: false });
  expect(toPaletteQuery('jo')).toEqual({ text: 'jo', onlyKeys: false });
  expect(toPaletteQuery('j')).toBeNull();
  expect(toPaletteQuery('')).toBeNull();
});

test('palette query: a pasted key is searched by its beginning, and never sent whole', () => {
  const secret = 'omni_sk_DemoAdmin00000000000000000000000';
  expect(toPaletteQuery(secret)).toEqual({ text: 'DemoAdmi', onlyKeys: true });
  expect(toPaletteQuery(`OMNI_API_KEY=${secret}`)).toEqual({ text: 'DemoAdmi', onlyKeys: true });
  expect(toPaletteQuery('omni_sk_')).toBeNull();
});
