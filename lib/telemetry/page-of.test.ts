import { expect, test } from 'vitest';
import { pageOf } from './page-of.ts';

const of = pageOf({
  staticRoutes: [{ page: '/persons', regex: '^/persons$' }],
  dynamicRoutes: [{ page: '/persons/[id]', regex: '^/persons/([^/]+?)(?:/)?$' }],
});

test.each([
  ['/persons', '/persons'],
  ['/persons?q=Ana+Souza', '/persons'],
  ['/persons/Ana', '/persons/[id]'],
  ['/persons/0b7e?x=/persons', '/persons/[id]'],
  ['/_next/static/chunks/a.js', '/_next/static'],
  ['/wp-login.php', 'other'],
  ['/+5511987654321', 'other'],
  ['*', 'other'],
])('metrics: %s is told as %s', (target, page) => {
  expect(of(target)).toBe(page);
});
