import { expect, it } from 'vitest';
import { POLICY_CALLS, scopeOf } from '../../sandbox/wire/scopes.ts';
import { pathPartsOf, scopesOfCall } from './calls.ts';
import { KNOWN_SCOPES } from './table.ts';

it.each(POLICY_CALLS)('scopesOfCall: $method $path needs what the sandbox asks for', ({ method, path }) => {
  const asked = path.replaceAll(/:\w+/g, 'b59c67bf-196a-4758-991e-42f76670ceba');
  // Mapped in Omni's table for an address that has no handler (contract §1.3).
  expect(scopesOfCall(method, `/api/v2${asked}`)).toContain(scopeOf(method, asked));
});

it('scopesOfCall: a name is not the value of a variable, a HEAD is a GET, a slash at the end is nothing', () => {
  expect(scopesOfCall('POST', '/api/v2/persons/merge')).toEqual(['persons:write']);
  expect(scopesOfCall('HEAD', '/api/v2/persons/')).toEqual(['persons:read']);
  expect(scopesOfCall('POST', '/messages/send/media')).toEqual(['messages:send']);
  expect(scopesOfCall('GET', '/media/an-instance/2026/11/a.png')).toEqual(['media:read']);
});

it('scopesOfCall: what needs another scope in another release stands under both, what nobody knows under none', () => {
  expect(scopesOfCall('GET', '/agents/x/tasks')).toEqual(['agent-tasks:read', 'agents:read']);
  expect(scopesOfCall('POST', '/agents/x/identities/link')).toEqual([]);
  expect(scopesOfCall('GET', '/tomorrow')).toEqual([]);
});

it.each(KNOWN_SCOPES)('pathPartsOf: each call that needs %s has one of its parts in its path', (scope) => {
  const parts = pathPartsOf([scope]);
  const paths = POLICY_CALLS.filter((call) => scopesOfCall(call.method, call.path).includes(scope));
  for (const { path } of paths) expect(parts.some((part) => path.includes(part))).toBe(true);
  expect(parts.length).toBeLessThan(5);
});

it('pathPartsOf: routes are found below their instance, without all its other calls', () => {
  expect(pathPartsOf(['routes:read'])).toEqual(['/routes']);
  expect(pathPartsOf(['payloads:read'])).toEqual(['/payloads', '/payload-stats', '/payload-config']);
});
