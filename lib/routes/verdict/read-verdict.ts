import 'server-only';
import { matchersOf } from '#lib/access/rules/match.ts';
import { rulesNow } from '#lib/access/rules/read-access.ts';
import { listAccessRules } from '#lib/omni/resources/access.ts';
import { listAgents } from '#lib/omni/resources/agents.ts';
import { listProviders } from '#lib/omni/resources/providers.ts';
import { accessRulesSnapshot, agentsSnapshot, providerHealthSnapshot } from '#lib/omni/cache/snapshot.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import type { Agent } from '#lib/omni/schemas/agents.ts';
import type { Provider } from '#lib/omni/schemas/providers.ts';
import { ABSENT, readSeen, type Seen } from '#lib/omni/seen.ts';
import { decidingProvider, verdictOf, type AccessSeen, type Verdict, type VerdictFacts } from './verdict.ts';
import { GENERATIONS, type OmniGeneration } from '#lib/scopes/generations.ts';

/** Who wants to know: the key's scopes and the generation of its server. A session is one. */
export type VerdictReader = {
  scopes: readonly string[] | null;
  capabilities: { generation: OmniGeneration };
};

/** What every verdict on a server needs, whatever the instance. */
export type VerdictSources = {
  agents: Seen<readonly Agent[]>;
  providers: Seen<readonly Provider[]>;
  access: AccessSeen;
};

/** Agents, providers and access rules. `fresh`: read now, else at most 15 s old where that is kept. */
export async function readVerdictSources(
  omni: Omni,
  { scopes, capabilities: { generation } }: VerdictReader,
  { fresh = false }: { fresh?: boolean | undefined } = {},
): Promise<VerdictSources> {
  const [agents, providers, rules] = await Promise.all([
    !GENERATIONS[generation].agents
      ? ABSENT
      : readSeen(scopes, 'agents:read', () => (fresh ? listAgents(omni) : agentsSnapshot(omni))),
    readSeen(scopes, 'providers:read', () => listProviders(omni)),
    readSeen(scopes, 'access:read', () => (fresh ? listAccessRules(omni) : accessRulesSnapshot(omni))),
  ]);
  return { agents, providers, access: { rules, matchers: matchersOf(generation), now: await rulesNow(omni, rules) } };
}

/** The verdict with the health of the provider, which Omni asks for up to 5 s; only where all else says that somebody answers. */
export async function judge(omni: Omni, { scopes }: VerdictReader, facts: VerdictFacts): Promise<Verdict> {
  const id = decidingProvider(facts);
  if (id === null) return verdictOf(facts);
  const health = await readSeen(scopes, 'providers:read', () => providerHealthSnapshot(omni, id));
  return verdictOf({ ...facts, health });
}
