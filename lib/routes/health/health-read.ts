import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { fanOut } from '#lib/omni/paging/fan-out.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { getPresence } from '#lib/omni/resources/persons.ts';
import { listProviders } from '#lib/omni/resources/providers.ts';
import { err, ok, type Result } from '#lib/omni/result.ts';
import type { Agent } from '#lib/omni/schemas/agents.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import type { Provider } from '#lib/omni/schemas/providers.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { checkRoutes, type Finding } from './health.ts';
import { checkChats, checkPerson } from './health-targets.ts';
import { readPlaces, readRoutes, type Reader, type RoutesSeen } from '#lib/routes/list/list.ts';
import type { Ailing } from './health-line.ts';
import { readNames, type Target } from '#lib/routes/list/names.ts';
import { agentsBeyond } from '#lib/routes/list/named-agents.ts';
import { routeRow, type AgentsSeen, type InstanceRef, type RouteRow } from '#lib/routes/list/row.ts';

const AT_ONCE = 4;

export type FirstLook = {
  seen: RoutesSeen;
  findings: Finding[];
  instances: ReadonlyMap<string, string>;
  agents: readonly Agent[] | 'unseen';
  providers: readonly Provider[] | 'unseen';
  unseen: string[];
  unread: ('agents' | 'providers')[];
};

/**
 * What the routes of all instances show by themselves. `unseen`: scopes without which a part can't be checked; `unread`:
 * what was asked for and did not come.
 */
export async function firstLook(
  omni: Omni,
  reader: Reader,
  options: { deadlineMs?: number; signal?: AbortSignal } = {},
): Promise<Result<FirstLook, OmniError>> {
  const may = (scope: string) => allows(reader.scopes, scope) !== 'no';
  const [places, providers] = await Promise.all([
    readPlaces(omni, reader),
    may('providers:read') ? listProviders(omni) : null,
  ]);
  if (!places.ok) return places;
  const { instances, agents } = places.value;
  const seen = await readRoutes(omni, instances, agents, options);
  const routesOf = Map.groupBy(seen.routes, ({ instanceId }) => instanceId);
  // Omni lists no more than 200 agents: those beyond them are asked for one by one.
  const named = [...seen.routes, ...instances].map(({ agentId }) => agentId);
  const beyond = agents.more ? await agentsBeyond(omni, agents.byId, named, options) : NONE;
  const byId = new Map([...agents.byId, ...beyond.found.map((agent) => [agent.id, agent] as const)]);
  const known = agents.unseen ? 'unseen' : [...byId.values()];
  const behind = providers?.ok ? providers.value : 'unseen';
  const findings = seen.answered.flatMap((instance) =>
    places.value.named
      ? checkRoutes({
          instance: instance as Instance,
          routes: routesOf.get(instance.id) ?? [],
          agents: known === 'unseen' ? known : ofInstance(instance, routesOf.get(instance.id) ?? [], byId),
          providers: behind === 'unseen' ? behind : new Map(behind.map((each) => [each.id, each])),
          now: Date.now(),
        })
      : [],
  );
  const homes = new Map(instances.map((instance) => [instance.id, instance]));
  const untold = new Set(
    seen.routes
      .filter(({ agentId, instanceId }) => beyond.untold.has(agentId ?? homes.get(instanceId)?.agentId ?? ''))
      .map(({ id }) => id),
  );
  const extended = { byId, unseen: agents.unseen, more: beyond.untold.size > 0 };
  return ok({
    seen: agents.more ? { ...seen, rows: rowsOf(seen.routes, homes, extended) } : seen,
    findings: findings.filter(({ reason, routeId }) => reason !== 'agent-missing' || !untold.has(routeId)),
    instances: new Map(instances.map(({ id, name }) => [id, name])),
    agents: known,
    providers: behind,
    unseen: ['instances:read', 'agents:read', 'providers:read', 'chats:read', 'persons:read'].filter(
      (scope) => !may(scope),
    ),
    unread: [
      ...((agents.unseen && may('agents:read')) || beyond.untold.size > 0 ? ['agents' as const] : []),
      ...(providers && !providers.ok && providers.error.kind !== 'forbidden' ? ['providers' as const] : []),
    ],
  });
}

const NONE: Awaited<ReturnType<typeof agentsBeyond>> = { found: [], untold: new Set() };

/** The agents an instance and its routes name, so that one that is not among them is of nobody. */
function ofInstance(instance: InstanceRef, routes: readonly Route[], byId: ReadonlyMap<string, Agent>): Agent[] {
  const ids = new Set([instance, ...routes].map(({ agentId }) => agentId ?? ''));
  return [...ids].flatMap((id) => byId.get(id) ?? []);
}

function rowsOf(routes: readonly Route[], homes: ReadonlyMap<string, InstanceRef>, agents: AgentsSeen): RouteRow[] {
  return routes.flatMap((route) => {
    const home = homes.get(route.instanceId);
    return home ? routeRow(route, home, agents) : [];
  });
}

/** How far a second look is. `failed`: targets that could not be looked at. */
export type Progress = { findings: Finding[]; checked: number; total: number; failed: number };

/**
 * What chats and people show, one after the other within the key's budget: thousands of them take minutes, so every answer
 * is told as it comes, and leaving ends it.
 */
export async function secondLook(
  omni: Omni,
  scopes: readonly string[] | null,
  { seen: { routes }, instances }: FirstLook,
  tell: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<void> {
  const may = (scope: string) => allows(scopes, scope) !== 'no';
  const chats = may('chats:read') ? routes.filter(({ scope }) => scope === 'chat') : [];
  const persons = may('persons:read') ? routes.filter(({ scope }) => scope === 'user') : [];
  const total = chats.length + persons.length;
  const targets = chats.map(({ chatId, instanceId }): Target => ({ scope: 'chat', id: chatId ?? '', instanceId }));
  const names = await readNames(omni, scopes, targets, { signal });
  if (signal.aborted) return;
  let checked = chats.length;
  let failed = targets.filter(({ id }) => (names.get(id)?.state ?? 'failed') === 'failed').length;
  tell({ findings: checkChats(chats, names, instances), checked, total, failed });
  await fanOut(omni, persons, { concurrency: AT_ONCE, signal }, async (route, stop) => {
    const answer = await getPresence(omni, route.personId ?? '', stop);
    if (stop.aborted) return answer.ok ? ok(null) : err(answer.error);
    const gone = !answer.ok && answer.error.kind === 'not_found';
    checked += 1;
    if (!answer.ok && !gone) failed += 1;
    const findings =
      answer.ok || gone ? checkPerson(route, answer.ok ? answer.value.identities : null, routes, names) : [];
    tell({ findings, checked, total, failed });
    return answer.ok ? ok(null) : err(answer.error);
  });
}

/** Findings with the rows they are about, a route once. */
export function ailing(findings: readonly Finding[], rows: ReadonlyMap<string, RouteRow>): Ailing[] {
  return [...Map.groupBy(findings, ({ routeId }) => routeId)].flatMap(([id, own]) => {
    const row = rows.get(id);
    return row ? [{ row, findings: own }] : [];
  });
}
