import { expect, test } from 'vitest';
import { pastedPage } from './pasted-page.ts';

const ORIGIN = 'https://console.example.com';

test('palette: a pasted address of this console is its path', () => {
  expect(pastedPage(`${ORIGIN}/persons/1?was=2#access`, ORIGIN)).toBe('/persons/1?was=2#access');
  expect(pastedPage(ORIGIN, ORIGIN)).toBe('/');
});

test('palette: what is no page of this console is no path', () => {
  for (const text of [
    'https://console.example.com.evil.example/persons/1',
    'http://console.example.com/persons/1',
    'https://user@evil.example/persons/1',
    'javascript:alert(1)',
    '//console.example.com/persons',
    '/persons/1',
    'ana souza',
    `${ORIGIN}/api/session`,
    `${ORIGIN}/keys/export?show=all`,
  ])
    expect(pastedPage(text, ORIGIN), text).toBeNull();
});

test('palette: a path of two slashes leads to no other host', () => {
  expect(pastedPage(`${ORIGIN}//evil.example/persons`, ORIGIN)).toBeNull();
});
