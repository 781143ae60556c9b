import { expect, test } from 'vitest';
import { allows } from './scopes.ts';

test.each<[string[] | null, string, string]>([
  [null, 'persons:write', 'unknown'],
  [[], 'persons:write', 'no'],
  [['*'], 'persons:write', 'yes'],
  [['persons:*'], 'persons:write', 'yes'],
  [['persons:*'], 'keys:write', 'no'],
  [['persons:write'], 'persons:write', 'yes'],
  [['persons:read'], 'persons:write', 'no'],
  [['persons:write'], 'persons:read', 'no'],
  [['persons'], 'persons:write', 'no'],
  [['person:*'], 'persons:write', 'no'],
  [['*:write'], 'persons:write', 'no'],
  [['Persons:write'], 'persons:write', 'no'],
  [['keys:read', 'persons:*'], 'persons:merge', 'yes'],
  [[':*'], 'persons:write', 'no'],
  [['*'], 'odd', 'yes'],
  [['odd:*', ':*'], 'odd', 'no'],
])('allows: %j hold %s: %s', (scopes, wanted, answer) => {
  expect(allows(scopes, wanted)).toBe(answer);
});
