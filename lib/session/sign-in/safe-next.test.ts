import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { safeNext } from './safe-next.ts';

const ORIGIN = 'https://console.example.com';

describe('safeNext: returns to', () => {
  test.each([
    '/',
    '/persons',
    '/persons?q=Silva&rows=50',
    '/persons/dddddd01-0000-4000-8000-000000000001/merge?with=x#top',
    '/persons?q=Jos%C3%A9',
    '/persons?next=https://example.com/',
    '/loginish',
    '/apis',
    '/persons//x',
  ])('%s', (path) => {
    expect(safeNext(path)).toBe(path);
  });

  test('a path in a form an address may have', () => {
    expect(safeNext('/persons?q=José')).toBe('/persons?q=Jos%C3%A9');
    expect(safeNext('/a/../persons')).toBe('/persons');
  });
});

describe('safeNext: never returns to', () => {
  test.each([
    undefined,
    null,
    '',
    'persons',
    'https://example.com/',
    'HTTPS://example.com',
    '//example.com',
    '///example.com',
    '/\\example.com',
    '\\\\example.com',
    '/\t/example.com',
    '/\n/example.com',
    '\t//example.com',
    ' //example.com',
    '/.//example.com',
    '/..//example.com',
    '/a/..//example.com',
    '/%2e%2e//example.com',
    '/persons\u0000',
    '/persons\r\nSet-Cookie: a=b',
    '/persons\u0085',
    'javascript:alert(1)',
    'data:text/html,x',
    '?q=1',
    '#x',
    '@example.com',
    '/login',
    '/login?next=/login',
    '/login/',
    '/./login',
    '/a/../login',
    '/recover',
    '/api/lookup/persons?q=x',
    '/_next/static/x.js',
    `/${'a'.repeat(2001)}`,
  ])('%j', (path) => {
    expect(safeNext(path)).toBe('/');
  });
});

test('safeNext: whatever is given, a browser stays on this site and off the sign-in page', () => {
  const piece = fc.constantFrom(
    '/',
    '\\',
    '.',
    '..',
    '//',
    '@',
    ':',
    '%2f',
    '%5c',
    '\t',
    '?',
    '#',
    'login',
    'example.com',
    'a',
    'é',
  );
  const wanted = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(piece, { maxLength: 8 }).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(wanted, (text) => {
      const next = safeNext(text);
      const url = new URL(next, `${ORIGIN}/login`);
      expect(url.origin).toBe(ORIGIN);
      expect(next.startsWith('/')).toBe(true);
      expect(url.pathname).not.toMatch(/^\/login(\/|$)/);
      expect(safeNext(next)).toBe(next);
    }),
    { numRuns: 2000 },
  );
});

test.each([
  [undefined, '/'],
  ['https://example.com/', '/'],
  ['/login', '/'],
  ['/', '/'],
  ['/keys?show=all', '/keys?show=all'],
])('safeNext: %s leads to %s, Home without a target', (wanted, lands) => {
  expect(safeNext(wanted)).toBe(lands);
});
