import { expect, test, vi } from 'vitest';
import { keep } from './keep.ts';

test('keep: makes once, and forgets what was asked for longest ago', () => {
  const make = vi.fn((text: string) => text.toUpperCase());
  const kept = keep(2, make);
  expect(['a', 'b', 'a', 'c', 'a', 'b'].map(kept)).toEqual(['A', 'B', 'A', 'C', 'A', 'B']);
  expect(make.mock.calls.flat()).toEqual(['a', 'b', 'c', 'b']);
});

test('keep: what throws is asked again', () => {
  let works = false;
  const kept = keep(2, (text) => {
    if (!works) throw new Error('no');
    return text;
  });
  expect(() => kept('a')).toThrow('no');
  works = true;
  expect(kept('a')).toBe('a');
});
