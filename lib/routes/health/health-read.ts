import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { nowToShow } from '#lib/omni/resources/health.ts';
import { listProviders } from '#lib/omni/resources/providers.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import { mapSeen, readSeen, valueOf, type Seen } from '#lib/omni/seen.ts';
import type { Agent } from '#lib/omni/schemas/agents.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import type { Provider } from '#lib/omni/schemas/providers.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { checkRoutes, type Finding } from './health.ts';
import { sureVerdictOfRoute, type InstanceSources } from './health-verdict.ts';
import {
  readInstancesAndAgents,
  readRoutes,
  withAgentsBeyond,
  type RoutesReader,
  type RoutesSeen,
} from '#lib/routes/list/list.ts';
import type { Unhealthy, UnreadParts } from './health-line.ts';
import type { InstanceRef, RouteRow } from '#lib/routes/list/route-row.ts';
import type { Verdict } from '#lib/routes/verdict/verdict.ts';

export type HealthRead = {
  seen: RoutesSeen;
  findings: Finding[];
  instances: ReadonlyMap<string, string>;
  /** What verdicts are made from, by instance; none where only the ids of the instances are known. */
  sources: ReadonlyMap<string, InstanceSources>;
  /** Whether the instances could be listed; else only some ids of them are known. */
  named: boolean;
  /** Every instance, whether its routes were read or not; none where only their ids are known. */
  all: readonly Instance[];
  agents: Seen<readonly Agent[]>;
  /** Agents that Omni was asked for by id and did not answer. */
  unanswered: ReadonlySet<string>;
  providers: Seen<readonly Provider[]>;
  needs: string[];
  unread: Exclude<UnreadParts[number], 'provider-health'>[];
};

const SCOPES = ['instances:read', 'agents:read', 'providers:read', 'chats:read', 'persons:read'];

/**
 * What the routes of all instances show by themselves. `needs`: the scopes that are missing to check every part; `unread`:
 * what was asked for and could not be read.
 */
export async function readHealth(
  omni: Omni,
  reader: RoutesReader,
  options: { deadlineMs?: number; signal?: AbortSignal } = {},
): Promise<Result<HealthRead, OmniError>> {
  const [sources, providers] = await Promise.all([
    readInstancesAndAgents(omni, reader),
    readSeen(reader.scopes, 'providers:read', () => listProviders(omni)),
  ]);
  if (!sources.ok) return sources;
  const { instances, agents } = sources.value;
  const first = await readRoutes(omni, instances, agents, options);
  const { seen, agents: known, unanswered } = await withAgentsBeyond(omni, first, instances, agents, options);
  const routesOf = Map.groupBy(seen.routes, ({ instanceId }) => instanceId);
  const { byId } = known;
  const all: Seen<Agent[]> = agents.rest && agents.rest.is !== 'beyond' ? agents.rest : valueOf([...byId.values()]);
  const checked = (sources.value.named ? seen.answered : []).map((instance): InstanceSources => {
    const routes = routesOf.get(instance.id) ?? [];
    const own = mapSeen(all, () => ofInstance(instance, routes, byId));
    return { instance: instance as Instance, routes, agents: own, providers, unanswered };
  });
  const now = seen.routes.every(({ isActive }) => isActive) ? Date.now() : await nowToShow(omni);
  const findings = checked.flatMap((one) => checkRoutes({ ...one, now }));
  const homes = new Map(instances.map((instance) => [instance.id, instance]));
  // Which scopes a key has is not always known before Omni refuses a call.
  const refused = new Set([
    ...(sources.value.named ? [] : ['instances:read']),
    ...[agents.rest, providers].flatMap((part) => (part?.is === 'forbidden' ? [part.scope] : [])),
  ]);
  const unsure = new Set(
    seen.routes
      .filter(({ agentId, instanceId }) => unanswered.has(agentId ?? homes.get(instanceId)?.agentId ?? ''))
      .map(({ id }) => id),
  );
  return ok({
    seen,
    findings: findings.filter(({ reason, routeId }) => reason !== 'agent-missing' || !unsure.has(routeId)),
    instances: new Map(instances.map(({ id, name }) => [id, name])),
    sources: new Map(checked.map((one) => [one.instance.id, one])),
    named: sources.value.named,
    all: sources.value.named ? (instances as Instance[]) : [],
    agents: all,
    unanswered,
    providers,
    needs: SCOPES.filter((scope) => allows(reader.scopes, scope) === 'no' || refused.has(scope)),
    unread: [
      ...(agents.rest?.is === 'failed' || unanswered.size > 0 ? ['agents' as const] : []),
      ...(providers.is === 'failed' ? ['providers' as const] : []),
    ],
  });
}

/** What is sure of who answers, by route, before anything behind the routes is looked at. */
export function sureVerdicts({ findings, seen: { routes }, sources }: HealthRead): Map<string, Verdict> {
  const unhealthy = new Set(findings.map(({ routeId }) => routeId));
  return new Map(
    routes.flatMap((route) => {
      const home = sources.get(route.instanceId);
      const verdict = home && unhealthy.has(route.id) ? sureVerdictOfRoute(route, home) : null;
      return verdict ? [[route.id, verdict] as const] : [];
    }),
  );
}

/** The agents that an instance and its routes name, without those that don't exist. */
function ofInstance(instance: InstanceRef, routes: readonly Route[], byId: ReadonlyMap<string, Agent>): Agent[] {
  const ids = new Set([instance, ...routes].map(({ agentId }) => agentId ?? ''));
  return [...ids].flatMap((id) => byId.get(id) ?? []);
}

/** Routes with findings or a verdict, each once with all of its own. */
export function unhealthyRoutes(
  findings: readonly Finding[],
  verdicts: ReadonlyMap<string, Verdict>,
  rows: ReadonlyMap<string, RouteRow>,
): Unhealthy[] {
  const own = Map.groupBy(findings, ({ routeId }) => routeId);
  return [...new Set([...own.keys(), ...verdicts.keys()])].flatMap((id) => {
    const row = rows.get(id);
    return row ? [{ row, findings: own.get(id) ?? [], verdict: verdicts.get(id) ?? null }] : [];
  });
}
