import type { Agent } from '#lib/omni/schemas/agents.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import type { Provider, ProviderHealth } from '#lib/omni/schemas/providers.ts';
import { LATE, mapSeen, seenOr, valueOf, type Seen } from '#lib/omni/seen.ts';
import type { Finding, HealthReason } from '#lib/routes/health/health.ts';
import type { RouteRow } from '#lib/routes/list/route-row.ts';
import { decidingProvider, verdictOf, type Verdict, type VerdictFacts } from '#lib/routes/verdict/verdict.ts';

/** The findings by which a route leads to nobody, as routing, agents and providers are set. A route has one of them at most. */
export const TO_NOBODY = [
  'nobody',
  'agent-missing',
  'provider-missing',
  'provider-off',
] as const satisfies readonly HealthReason[];

/** How many active routes for chats and for people there are, how many inactive ones, and how many active ones lead to nobody. */
export type CoverageCounts = { chats: number; people: number; inactive: number; nobody: number };

/** What the counts are made from. */
export type Counted = { rows: readonly RouteRow[]; findings: readonly Finding[] };

/**
 * What an instance's routes cover. `counts` null: its routes could not be read. `rest`: who answers everybody without a route;
 * `agent`: its default agent, null where it has none, `name` null where that was not seen or does not exist.
 */
export type InstanceCoverage = {
  id: string;
  name: string;
  agent: { id: string; name: string | null } | null;
  counts: CoverageCounts | null;
  rest: Verdict;
  /** Access rules let in only whom one of them names. */
  allowlist: boolean;
};

/**
 * What an agent covers by the routes that lead to it, its own and those that fall to it by default. `answers`: what becomes of what
 * reaches it. `defaultOn`: how many instances have it as their default agent.
 */
export type AgentCoverage = {
  id: string;
  name: string;
  active: boolean | null;
  counts: CoverageCounts;
  answers: Verdict;
  defaultOn: number;
};

/** What decides besides routes. `unanswered`: agents Omni was asked for and did not answer. `health`: of the providers that were asked. */
export type CoverageSources = {
  agents: Seen<readonly Agent[]>;
  unanswered: ReadonlySet<string>;
  providers: Seen<readonly Provider[]>;
  health: ReadonlyMap<string, Seen<ProviderHealth>>;
};

/** The coverage of every instance; `unread` are ids of those whose routes could not be read. */
export function coverageOfInstances(
  instances: readonly Instance[],
  unread: ReadonlySet<string>,
  counted: Counted,
  sources: CoverageSources,
): InstanceCoverage[] {
  const rowsOf = Map.groupBy(counted.rows, ({ instanceId }) => instanceId);
  const nobody = leadsToNobody(counted.findings);
  const names = new Map(seenOr(sources.agents, []).map(({ id, name }) => [id, name]));
  // The older generation has no list of agents: its id is a name at the provider (contract §9).
  const nameOf = (id: string) => names.get(id) ?? (sources.agents.is === 'absent' ? id : null);
  return instances.map((instance) => ({
    id: instance.id,
    name: instance.name,
    agent: instance.agentId ? { id: instance.agentId, name: nameOf(instance.agentId) } : null,
    counts: unread.has(instance.id) ? null : countsOf(rowsOf.get(instance.id) ?? [], nobody),
    rest: verdictOfRest(instance, sources),
    allowlist: instance.accessMode === 'allowlist',
  }));
}

/** The coverage of every agent that is listed, or named by a route or an instance. */
export function coverageOfAgents(
  instances: readonly Instance[],
  { rows, findings }: Counted,
  sources: CoverageSources,
): AgentCoverage[] {
  const rowsOf = Map.groupBy(rows, ({ agentId }) => agentId ?? '');
  const defaults = Map.groupBy(instances, ({ agentId }) => agentId ?? '');
  const known = new Map(seenOr(sources.agents, []).map((agent) => [agent.id, agent]));
  const nobody = leadsToNobody(findings);
  const ids = new Set([...known.keys(), ...rowsOf.keys(), ...defaults.keys()]);
  ids.delete('');
  return [...ids].map((id) => ({
    id,
    name: known.get(id)?.name ?? id.slice(0, 8),
    active: known.get(id)?.isActive ?? null,
    counts: countsOf(rowsOf.get(id) ?? [], nobody),
    answers: verdictOfRest({ id: '', agentId: id } as Instance, sources),
    defaultOn: defaults.get(id)?.length ?? 0,
  }));
}

function leadsToNobody(findings: readonly Finding[]): ReadonlySet<string> {
  const reasons: ReadonlySet<HealthReason> = new Set(TO_NOBODY);
  return new Set(findings.flatMap(({ routeId, reason }) => (reasons.has(reason) ? [routeId] : [])));
}

function countsOf(rows: readonly RouteRow[], nobody: ReadonlySet<string>): CoverageCounts {
  const active = rows.filter((row) => row.active);
  const chats = active.filter(({ scope }) => scope === 'chat').length;
  return {
    chats,
    people: active.length - chats,
    inactive: rows.length - active.length,
    nobody: active.filter(({ id }) => nobody.has(id)).length,
  };
}

/** Who answers where no route does; whom access rules keep out is not looked at. */
function verdictOfRest(instance: Instance, { agents, unanswered, providers, health }: CoverageSources): Verdict {
  const id = instance.agentId ?? '';
  const facts: VerdictFacts = {
    instanceId: instance.id,
    instance: valueOf(instance),
    routes: valueOf([]),
    agents: unanswered.has(id) ? LATE : mapSeen(agents, (all) => all.filter((agent) => agent.id === id)),
    providers,
    chatId: valueOf(null),
    personId: null,
    writer: null,
  };
  const provider = decidingProvider(facts);
  return provider === null ? verdictOf(facts) : verdictOf({ ...facts, health: health.get(provider) ?? LATE });
}

/** The providers that decide whether anybody answers where no route does. */
export function decidingProviders(
  instances: readonly Pick<Instance, 'agentId' | 'agentProviderId'>[],
  { agents, providers }: Pick<CoverageSources, 'agents' | 'providers'>,
): string[] {
  const live = new Set(seenOr(providers, []).flatMap(({ id, isActive }) => (isActive ? [id] : [])));
  const used = new Set(instances.map(({ agentId }) => agentId));
  return [
    ...new Set(
      [
        ...instances,
        ...seenOr(agents, []).toSorted((one, other) => Number(used.has(other.id)) - Number(used.has(one.id))),
      ].flatMap(({ agentProviderId: id }) => (id && live.has(id) ? [id] : [])),
    ),
  ];
}
