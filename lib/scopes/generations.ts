import { RESOURCES } from './table.ts';

/** The generations of Omni, as far as reads tell them apart; `unknown` is taken for the current one. */
export type OmniGeneration = 'current' | 'february' | 'unknown';

/**
 * What a generation of Omni does, where it matters to a sentence. `scopesBind`: which calls ask for a scope. `routesNameAgents`:
 * a route names an agent of the list of agents, so that it can be edited and made again from here; else a name at a provider.
 * `searchFindsHandles`: the search of people looks through handles and chats; else through a person's own fields alone.
 */
type GenerationFacts = {
  scopesBind: 'all' | 'keys';
  agents: boolean;
  profiles: boolean;
  routesNameAgents: boolean;
  searchFindsHandles: boolean;
};

const CURRENT: GenerationFacts = {
  scopesBind: 'all',
  agents: true,
  profiles: true,
  routesNameAgents: true,
  searchFindsHandles: true,
};

/** One table for all pages (contract §9). */
export const GENERATIONS: Readonly<Record<OmniGeneration, GenerationFacts>> = {
  current: CURRENT,
  unknown: CURRENT,
  february: {
    scopesBind: 'keys',
    agents: false,
    profiles: false,
    routesNameAgents: false,
    searchFindsHandles: false,
  },
};

/**
 * What a key may do by its scopes: where they bind the calls on keys only, everything else besides; `null` where the scopes are
 * unknown (contract §1.3).
 */
export function bindingScopes(scopes: readonly string[] | null, generation: OmniGeneration): string[] | null {
  if (scopes === null) return null;
  if (GENERATIONS[generation].scopesBind === 'all') return [...scopes];
  return [...scopes, ...RESOURCES.flatMap(({ name }) => (name === 'keys' ? [] : [`${name}:*`]))];
}
