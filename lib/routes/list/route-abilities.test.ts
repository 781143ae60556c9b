import { expect, it } from 'vitest';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { routeAbilities } from './route-abilities.ts';

const current = { agentProviderId: null } as Route;
const older = { agentProviderId: 'bbbb' } as Route;

it.each([
  ['february', [], false],
  ['february', [current], false],
  ['current', [current, older], false],
  ['current', [current], true],
  ['unknown', [], true],
  ['unknown', [older], false],
] as const)('routes of %s with %j: edited and saved as a test: %s', (generation, routes, can) => {
  expect(routeAbilities(generation, routes)).toEqual({ older: !can, edit: can, save: can });
});
