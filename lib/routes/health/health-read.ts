import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { fanOut } from '#lib/omni/paging/fan-out.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { getPresence } from '#lib/omni/resources/persons.ts';
import { listProviders } from '#lib/omni/resources/providers.ts';
import { err, ok, type Result } from '#lib/omni/result.ts';
import { mapSeen, readSeen, valueOf, type Seen } from '#lib/omni/seen.ts';
import type { Agent } from '#lib/omni/schemas/agents.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import type { Provider } from '#lib/omni/schemas/providers.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { checkRoutes, type Finding } from './health.ts';
import { checkChats, checkPerson } from './health-targets.ts';
import {
  readInstancesAndAgents,
  readRoutes,
  withAgentsBeyond,
  type RoutesReader,
  type RoutesSeen,
} from '#lib/routes/list/list.ts';
import type { Unhealthy } from './health-line.ts';
import { readNames, type TargetRef } from '#lib/routes/list/names.ts';
import { type InstanceRef, type RouteRow } from '#lib/routes/list/route-row.ts';

const AT_ONCE = 4;

export type HealthRead = {
  seen: RoutesSeen;
  findings: Finding[];
  instances: ReadonlyMap<string, string>;
  agents: Seen<readonly Agent[]>;
  providers: Seen<readonly Provider[]>;
  needs: string[];
  unread: ('agents' | 'providers')[];
};

/**
 * What the routes of all instances show by themselves. `needs`: the scopes that are missing to check every part; `unread`:
 * what was asked for and could not be read.
 */
export async function readHealth(
  omni: Omni,
  reader: RoutesReader,
  options: { deadlineMs?: number; signal?: AbortSignal } = {},
): Promise<Result<HealthRead, OmniError>> {
  const may = (scope: string) => allows(reader.scopes, scope) !== 'no';
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
  const findings = seen.answered.flatMap((instance) =>
    sources.value.named
      ? checkRoutes({
          instance: instance as Instance,
          routes: routesOf.get(instance.id) ?? [],
          agents: mapSeen(all, () => ofInstance(instance, routesOf.get(instance.id) ?? [], byId)),
          providers,
          now: Date.now(),
        })
      : [],
  );
  const homes = new Map(instances.map((instance) => [instance.id, instance]));
  const unsure = new Set(
    seen.routes
      .filter(({ agentId, instanceId }) => unanswered.has(agentId ?? homes.get(instanceId)?.agentId ?? ''))
      .map(({ id }) => id),
  );
  return ok({
    seen,
    findings: findings.filter(({ reason, routeId }) => reason !== 'agent-missing' || !unsure.has(routeId)),
    instances: new Map(instances.map(({ id, name }) => [id, name])),
    agents: all,
    providers,
    needs: ['instances:read', 'agents:read', 'providers:read', 'chats:read', 'persons:read'].filter(
      (scope) => !may(scope),
    ),
    unread: [
      ...(agents.rest?.is === 'failed' || unanswered.size > 0 ? ['agents' as const] : []),
      ...(providers.is === 'failed' ? ['providers' as const] : []),
    ],
  });
}

/** The agents that an instance and its routes name, without those that don't exist. */
function ofInstance(instance: InstanceRef, routes: readonly Route[], byId: ReadonlyMap<string, Agent>): Agent[] {
  const ids = new Set([instance, ...routes].map(({ agentId }) => agentId ?? ''));
  return [...ids].flatMap((id) => byId.get(id) ?? []);
}

/** Findings about chats and people, and how many of them are checked. `failed`: those that could not be. */
export type HealthProgress = { findings: Finding[]; checked: number; total: number; failed: number };

/**
 * What the chats and people behind the routes show. They are read one after the other within the key's budget, and thousands
 * take minutes: `onProgress` gets the findings of each as it comes, and `signal` ends it.
 */
export async function checkTargets(
  omni: Omni,
  scopes: readonly string[] | null,
  { seen: { routes }, instances }: HealthRead,
  onProgress: (progress: HealthProgress) => void,
  signal: AbortSignal,
): Promise<void> {
  const may = (scope: string) => allows(scopes, scope) !== 'no';
  const chats = may('chats:read') ? routes.filter(({ scope }) => scope === 'chat') : [];
  const persons = may('persons:read') ? routes.filter(({ scope }) => scope === 'user') : [];
  const total = chats.length + persons.length;
  const targets = chats.map(({ chatId, instanceId }): TargetRef => ({ scope: 'chat', id: chatId ?? '', instanceId }));
  const names = await readNames(omni, scopes, targets, { signal });
  if (signal.aborted) return;
  let checked = chats.length;
  let failed = targets.filter(({ id }) => (names.get(id)?.state ?? 'failed') === 'failed').length;
  onProgress({ findings: checkChats(chats, names, instances), checked, total, failed });
  await fanOut(omni, persons, { concurrency: AT_ONCE, signal }, async (route, stop) => {
    const answer = await getPresence(omni, route.personId ?? '', stop);
    if (stop.aborted) return answer.ok ? ok(null) : err(answer.error);
    const gone = !answer.ok && answer.error.kind === 'not_found';
    checked += 1;
    if (!answer.ok && !gone) failed += 1;
    const findings =
      answer.ok || gone ? checkPerson(route, answer.ok ? answer.value.identities : null, routes, names) : [];
    onProgress({ findings, checked, total, failed });
    return answer.ok ? ok(null) : err(answer.error);
  });
}

/** The routes that findings are about, each once with all of its own. */
export function unhealthyRoutes(findings: readonly Finding[], rows: ReadonlyMap<string, RouteRow>): Unhealthy[] {
  return [...Map.groupBy(findings, ({ routeId }) => routeId)].flatMap(([id, own]) => {
    const row = rows.get(id);
    return row ? [{ row, findings: own }] : [];
  });
}
