import type { Route } from '#lib/omni/schemas/routes.ts';
import { GENERATIONS, type OmniGeneration } from '#lib/scopes/generations.ts';
import { isOlder } from './route-row.ts';

/**
 * What can be done with routes from here. `edit`: what they say, a new one and a copy too, and one that was deleted is created again;
 * `save`: a test of who answers. All of them can be seen, tested, activated, deactivated and deleted.
 */
export type RouteAbilities = { older: boolean; edit: boolean; save: boolean };

/** By what the generation of the server is known to be, or by the routes themselves: an older one names an agent at a provider (contract §9). */
export function routeAbilities(generation: OmniGeneration, routes: readonly Route[] = []): RouteAbilities {
  const older = !GENERATIONS[generation].routesNameAgents || isOlder(routes);
  return { older, edit: !older, save: !older };
}
