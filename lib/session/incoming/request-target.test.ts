import fc from 'fast-check';
import { expect, it } from 'vitest';
import { plainTarget } from './request-target.ts';

it.each([
  ['/', '/'],
  ['/persons?q=a//b%', '/persons?q=a//b%'],
  ['/persons/S%C3%A3o', '/persons/S%C3%A3o'],
  ['/persons/%E0%A4%A', '/persons/%25E0%25A4%25A'],
  ['/keys/%ff/edit?a=%ff', '/keys/%25ff/edit?a=%ff'],
  ['/persons/%', '/persons/%25'],
  ['//evil.example/persons', '/evil.example/persons'],
  ['/\\evil.example', '/evil.example'],
  ['/persons//a\\\\b', '/persons/a/b'],
  ['*', '*'],
  ['evil.example:443', 'evil.example:443'],
])('request target: %s becomes %s', (target, url) => expect(plainTarget(target)).toEqual({ url }));

it.each([
  ['http://evil.example/persons?q=1', { url: '/persons?q=1', host: 'evil.example' }],
  ['HTTPS://evil.example:8443', { url: '/', host: 'evil.example:8443' }],
  ['http://a@evil.example//x', { url: '/x', host: 'evil.example' }],
])('request target: %s is a path of another server', (target, asked) => expect(plainTarget(target)).toEqual(asked));

it('request target: always a path that can be decoded and is no address; a valid one is not changed', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('/', '\\', '%', 'f', 'é', '2', '?', '.', 'a') }), (text) => {
      const { url } = plainTarget(`/${text}`);
      const [path = ''] = url.split('?');
      expect(() => decodeURIComponent(path)).not.toThrow();
      expect(url).toMatch(/^\/(?![/\\])/);
      expect(plainTarget(url)).toEqual({ url });
    }),
  );
});
