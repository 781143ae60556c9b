import { expect, test } from 'vitest';
import { askedFor } from './asked-for.ts';

test('a text is asked for as it is, from two characters on', () => {
  expect(askedFor('João da Silva')).toEqual({ text: 'João da Silva', onlyKeys: false });
  expect(askedFor('jo')).toEqual({ text: 'jo', onlyKeys: false });
  expect(askedFor('j')).toBeNull();
  expect(askedFor('')).toBeNull();
});

test('a pasted key is looked up by its beginning, and never sent', () => {
  const secret = 'omni_sk_DemoAdmin00000000000000000000000';
  expect(askedFor(secret)).toEqual({ text: 'DemoAdmi', onlyKeys: true });
  expect(askedFor(`OMNI_API_KEY=${secret}`)).toEqual({ text: 'DemoAdmi', onlyKeys: true });
  expect(askedFor('omni_sk_')).toBeNull();
});
