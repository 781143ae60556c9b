import type { Route } from '#lib/omni/schemas/routes.ts';

/** Whether routes are of the older generation: they name a provider and an agent's name there (contract §9). */
export function isOlder(routes: readonly Route[]): boolean {
  return routes.some(({ agentProviderId }) => agentProviderId !== null);
}
