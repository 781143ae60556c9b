import { describe, expect, test } from 'vitest';
import { betterSpelling, differing } from './spelling.ts';

describe('the better spelling of one name', () => {
  test.each([
    ['João Silva', 'JOAO  SILVA'],
    ['JOÃO SILVA', 'Joao Silva'],
    ['Ana Paula', 'ana paula'],
    ['Ana Paula', 'ANA PAULA'],
    ['Ana Paula', 'Ana  Paula'],
    ['Łukasz', 'Lukasz'],
    ['Strauß', 'Strauss'],
    ['Ana', 'Ana\u200b'],
    ['João Silva', 'ＪＯＡＯ ＳＩＬＶＡ'],
    ['João', '𝓙𝓸𝓪𝓸'],
    ['Filipe', 'ﬁlipe'],
    ['João Silva', 'João\u00a0Silva'],
  ])('is %s, not %s', (better, worse) => {
    expect(betterSpelling(better, worse)).toBeGreaterThan(0);
    expect(betterSpelling(worse, better)).toBeLessThan(0);
  });

  test('is neither where both are alike', () => {
    expect(betterSpelling('Ana', 'Ana')).toBe(0);
    expect(betterSpelling('Jose\u0301', 'José')).toBe(0);
  });
});

describe('where two texts differ', () => {
  test.each([
    ['(51) 97654-0011', '(51) 97654-3219', ['(51) 97654-', '0011', ''], ['(51) 97654-', '3219', '']],
    ['+55 51 97654', '+51 976', ['+', '55 51 97654', ''], ['+', '51 976', '']],
    ['ana@a.com', 'ana@b.com', ['ana@', 'a', '.com'], ['ana@', 'b', '.com']],
    ['Ana', 'Ana', ['Ana', '', ''], ['Ana', '', '']],
    ['Ana Ana', 'Ana', ['Ana', ' Ana', ''], ['Ana', '', '']],
    ['', 'Ana', ['', '', ''], ['', 'Ana', '']],
  ])('%s and %s', (a, b, one, other) => {
    const parts = differing(a, b).map(({ before, differs, after }) => [before, differs, after]);
    expect(parts).toEqual([one, other]);
    expect(parts.map((each) => each.join(''))).toEqual([a, b]);
  });
});
