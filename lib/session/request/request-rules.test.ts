import { expect, test } from 'vitest';
import { LONGEST_BODY, refusalOf, withoutSecrets } from './request-rules.ts';

const ORIGIN = 'https://console.example.com';
const status = (method: string, path: string, headers: Record<string, string>) =>
  refusalOf({ method, path, header: (name) => headers[name] ?? null }, ORIGIN)?.status ?? 'goes on';

test.each<[string, string, Record<string, string>, number | 'goes on']>([
  ['GET', '/persons', {}, 'goes on'],
  ['GET', '/', { 'x-console-refused-method': 'TRACE' }, 405],
  ['GET', '/persons', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, 'goes on'],
  ['GET', '/api/lookup/persons', { 'sec-fetch-site': 'same-origin' }, 'goes on'],
  ['GET', '/api/lookup/persons', {}, 'goes on'],
  ['GET', '/api/lookup/persons', { 'sec-fetch-site': 'none' }, 'goes on'],
  ['GET', '/api/lookup/persons', { 'sec-fetch-site': 'cross-site' }, 403],
  ['GET', '/api/lookup/persons', { 'sec-fetch-site': 'same-site' }, 403],
  ['POST', '/persons', { origin: ORIGIN, 'sec-fetch-site': 'same-origin' }, 'goes on'],
  ['POST', '/persons', { origin: ORIGIN }, 'goes on'],
  ['POST', '/persons', {}, 403],
  ['POST', '/persons', { origin: 'null' }, 403],
  ['POST', '/persons', { origin: 'https://evil.example' }, 403],
  ['POST', '/persons', { origin: 'http://console.example.com' }, 403],
  ['POST', '/persons', { origin: `${ORIGIN}.evil.example` }, 403],
  ['POST', '/persons', { origin: ORIGIN, 'sec-fetch-site': 'cross-site' }, 403],
  ['DELETE', '/api/session', { origin: ORIGIN, 'sec-fetch-site': 'same-site' }, 403],
  ['POST', '/persons', { origin: ORIGIN, 'content-length': String(LONGEST_BODY + 1) }, 413],
  ['POST', '/persons', { origin: ORIGIN, 'content-length': String(LONGEST_BODY) }, 'goes on'],
])('request rules: %s %s with %j: %s', (method, path, headers, wanted) => {
  expect(status(method, path, headers)).toBe(wanted);
});

const KEY = 'omni_sk_DemoAdmin00000000000000000000000';
const strip = (address: string) => {
  const url = new URL(address, ORIGIN);
  return withoutSecrets(url.pathname, url.searchParams);
};

test.each([
  [`/persons?api_key=${KEY}&q=Silva`, '/persons?q=Silva'],
  ['/persons?api_key=whatever', '/persons'],
  ['/persons?API-KEY=whatever&x-api-key=1&apikey=2', '/persons'],
  [`/persons?q=${KEY}`, '/persons'],
  [`/persons?q=has+${KEY}+in+it&page=2`, '/persons?page=2'],
  [`/persons?${KEY}`, '/persons'],
  [`/persons?q=${encodeURIComponent(encodeURIComponent(KEY)).replace('o', '%256f')}`, '/persons'],
  [`/persons/${KEY}?q=1`, '/?q=1'],
  [`/${KEY.replace('o', '%6f')}`, '/'],
  ['/persons?next=%2Fkeys%3Fapi_key%3Domni_sk_DemoAdmin0000', '/persons'],
])('secrets in an address: %s becomes %s', (address, wanted) => {
  expect(strip(address)).toBe(wanted);
});

test.each(['/persons?q=Silva', '/persons?q=omni_sk_', '/keys?q=api_key', '/persons?api_key=', '/persons?q=%E0%A4%A'])(
  'secrets in an address: %s is left as it is',
  (address) => {
    expect(strip(address)).toBeNull();
  },
);
