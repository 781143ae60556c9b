import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import compile from 'icu-minify/compile';
import { expect, test } from 'vitest';
import { placeholders } from './icu.ts';
import { ROOT } from './source.ts';

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function flatten(value: unknown, path = ''): Map<string, string> {
  if (!isRecord(value)) return new Map([[path, typeof value === 'string' ? value : '']]);
  return new Map(Object.entries(value).flatMap(([key, below]) => [...flatten(below, path ? `${path}.${key}` : key)]));
}

function load(locale: string): Map<string, string> {
  const parsed: unknown = JSON.parse(readFileSync(join(ROOT, 'messages', `${locale}.json`), 'utf8'));
  return flatten(parsed);
}

function differences(from: Map<string, string>, to: Map<string, string>): string[] {
  const keys = new Set([...from.keys(), ...to.keys()]);
  return [...keys].flatMap((key) => {
    const [one, other] = [from.get(key), to.get(key)];
    if (one === undefined || other === undefined) return [`${key} is missing in one language`];
    if (one.trim() === '' || other.trim() === '') return [`${key} is empty`];
    const [left, right] = [placeholders(one).join(' '), placeholders(other).join(' ')];
    return left === right ? [] : [`${key}: [${left}] and [${right}]`];
  });
}

test('English and Portuguese have the same messages with the same placeholders', () => {
  expect(differences(load('en'), load('pt-BR'))).toEqual([]);
});

test.each(['en', 'pt-BR'])('every message of %s compiles as pages compile it', (locale) => {
  const wrong = [...load(locale)].flatMap(([key, text]) => {
    try {
      compile(text);
      return [];
    } catch (error) {
      return [`${key}: ${String(error)}`];
    }
  });
  expect(wrong).toEqual([]);
});

test.each([
  [{ a: 'x' }, { b: 'x' }, 2],
  [{ a: 'x' }, { a: ' ' }, 1],
  [{ a: '{count} people' }, { a: '{total} pessoas' }, 1],
  [{ a: { b: '{n, plural, one {# key} other {# keys}}' } }, { a: { b: '{n} chaves' } }, 1],
  [{ a: 'see <link>this</link>' }, { a: 'veja isto' }, 1],
  [{ a: "it's {n, plural, one {{who} key} other {#}}" }, { a: '{n, plural, other {{who} #}}' }, 0],
])('%j and %j differ %d times', (en, pt, count) => {
  expect(differences(flatten(en), flatten(pt))).toHaveLength(count);
});

test.each(['{a', 'a}', '{}', '{n, plural, one {a}', '<b>a'])('a broken message throws: %s', (message) => {
  expect(() => placeholders(message)).toThrow();
});
