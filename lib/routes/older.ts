import type { Route } from '#lib/omni/schemas/routes.ts';

/** Whether a server is of the older generation, whose routes name a provider and an agent's name there (contract §9). */
export function isOlder(capabilities: { generation: string }, routes: readonly Route[]): boolean {
  return capabilities.generation === 'february' || routes.some(({ agentProviderId }) => agentProviderId !== null);
}
