import 'server-only';
import { AGENTS_LIMIT } from '#lib/omni/limits.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { fanOut, orStopped } from '#lib/omni/paging/fan-out.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { err, ok, type Result } from '#lib/omni/result.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import { ABSENT, LATE, readSeen, type Seen } from '#lib/omni/seen.ts';
import type { Agent } from '#lib/omni/schemas/agents.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { agentsSnapshot, instancesSnapshot, routesSnapshot } from '#lib/omni/cache/snapshot.ts';
import { agentsBeyond } from './named-agents.ts';
import { packRoutes, type PackedRoutes } from './packed-routes.ts';
import { routeRow, type AgentsSeen, type InstanceRef, type RouteRow } from './route-row.ts';
import { GENERATIONS, type OmniGeneration } from '#lib/scopes/generations.ts';
import { withinTime } from '#lib/omni/paging/within-time.ts';

const AT_ONCE = 12;

/** Whose list it is: the key's scopes, the instances it is limited to, and the generation of its server. */
export type RoutesReader = {
  scopes: readonly string[] | null;
  instances: readonly string[] | 'all' | 'unknown';
  capabilities?: { generation: OmniGeneration };
};

/**
 * What a list of routes is read from. `named` false: only the ids of the instances are known, and there may be others.
 * `late`: something did not come within the deadline; its read goes on and is there for the next request (15 s snapshots).
 */
export type InstancesAndAgents = { instances: InstanceRef[]; named: boolean; agents: AgentsSeen; late: boolean };

/** The rows that came in time, and the instances that failed or did not answer yet. */
export type RoutesSeen = {
  rows: RouteRow[];
  routes: Route[];
  answered: InstanceRef[];
  failed: { instance: InstanceRef; error: OmniError }[];
  late: InstanceRef[];
};

/**
 * The instances and agents behind a list of routes. A key without `instances:read` lists the instances it is limited to, or
 * the one that was asked for, by id: reading the routes of an instance needs `routes:read` only (contract §1.4, §2).
 */
export async function readInstancesAndAgents(
  omni: Omni,
  reader: RoutesReader,
  wanted?: string,
  deadlineMs?: number,
): Promise<Result<InstancesAndAgents, OmniError>> {
  const [instances, agents] = await Promise.all([
    withinTime(deadlineMs, instancesSnapshot(omni)),
    withinTime(
      deadlineMs,
      GENERATIONS[reader.capabilities?.generation ?? 'unknown'].agents
        ? readSeen(reader.scopes, 'agents:read', () => agentsSnapshot(omni))
        : Promise.resolve(ABSENT),
    ),
  ]);
  const late = instances === 'late' || agents === 'late';
  const seen = agentsSeen(agents === 'late' ? LATE : agents);
  if (instances === 'late') return ok({ instances: [], named: true, agents: seen, late });
  if (instances.ok) return ok({ instances: instances.value, named: true, agents: seen, late });
  if (instances.error.kind !== 'forbidden') return instances;
  const ids = typeof reader.instances === 'string' ? (wanted ? [wanted] : []) : [...reader.instances];
  if (ids.length === 0) return instances;
  return ok({ instances: ids.map((id) => ({ id, name: id.slice(0, 8) })), named: false, agents: seen, late });
}

/** An agent that routes can get. */
export type AgentChoice = { id: string; name: string; active: boolean };

/** Agents to choose from, by name. */
export function agentChoicesOf(agents: readonly Agent[]): AgentChoice[] {
  return agents
    .map(({ id, name, isActive: active }) => ({ id, name, active }))
    .toSorted((one, other) => one.name.localeCompare(other.name));
}

/** Agents by id, and why others may exist. */
export function agentsSeen(agents: Seen<readonly Agent[]>): AgentsSeen {
  if (agents.is !== 'value') return { byId: new Map(), rest: agents };
  const byId = new Map(agents.value.map((agent) => [agent.id, agent]));
  return { byId, rest: byId.size >= AGENTS_LIMIT ? { is: 'beyond', limit: AGENTS_LIMIT } : null };
}

/**
 * The routes of many instances, a few calls at a time within the key's budget. After `deadlineMs` it answers with what it
 * has and names the rest as late; their reads go on and are there for the next request (15 s snapshots). `signal`: the
 * caller left.
 */
export async function readRoutes(
  omni: Omni,
  instances: readonly InstanceRef[],
  agents: AgentsSeen,
  options: { deadlineMs?: number; signal?: AbortSignal; onInstance?: (part: RoutesSeen) => void } = {},
): Promise<RoutesSeen> {
  const { onInstance, ...limits } = options;
  const answers = await fanOut(omni, instances, { concurrency: AT_ONCE, ...limits }, async (instance, stop) => {
    const answer = await orStopped(routesSnapshot(omni, instance.id), stop);
    if (!stop.aborted) onInstance?.(partOf(instance, answer, agents));
    return answer;
  });
  return joined(
    answers.map((answer) =>
      answer.state === 'late'
        ? { ...NOTHING, late: [answer.item] }
        : partOf(answer.item, answer.state === 'ok' ? ok(answer.value) : err(answer.error), agents),
    ),
  );
}

const NOTHING: RoutesSeen = { rows: [], routes: [], answered: [], failed: [], late: [] };

/** Several parts as one. */
function joined(parts: readonly RoutesSeen[]): RoutesSeen {
  return {
    rows: parts.flatMap(({ rows }) => rows),
    routes: parts.flatMap(({ routes }) => routes),
    answered: parts.flatMap(({ answered }) => answered),
    failed: parts.flatMap(({ failed }) => failed),
    late: parts.flatMap(({ late }) => late),
  };
}

function partOf(instance: InstanceRef, answer: Result<Route[], OmniError>, agents: AgentsSeen): RoutesSeen {
  if (!answer.ok) return { ...NOTHING, failed: [{ instance, error: answer.error }] };
  const rows = answer.value.map((route) => routeRow(route, instance, agents));
  return { ...NOTHING, rows, routes: answer.value, answered: [instance] };
}

/** An instance whose routes are not in the list, and why: a message of namespace `problems`. */
export type MissingInstance = { id: string; name: string; problem?: string };

/**
 * Routes on their way to the browser. `answered`: ids of the instances whose rows these are, some of which may have none.
 * `late`: instances that may still answer.
 */
export type ListPart = { packed: PackedRoutes; answered: string[]; failed: MissingInstance[]; late: MissingInstance[] };

/** What was read as the browser gets it. */
export function listPart({ rows, answered, failed, late }: RoutesSeen): ListPart {
  return {
    packed: packRoutes(rows),
    answered: answered.map(({ id }) => id),
    failed: failed.map(({ instance, error }) => ({
      id: instance.id,
      name: instance.name,
      problem: problemOf(error).code,
    })),
    late: late.map(({ id, name }) => ({ id, name })),
  };
}

/**
 * The same routes with the agents that Omni does not list because there are more than it lists: each is asked for by its id, in
 * time. What does not come stays unseen.
 */
export async function withAgentsBeyond(
  omni: Omni,
  seen: RoutesSeen,
  instances: readonly InstanceRef[],
  agents: AgentsSeen,
  options: { deadlineMs?: number; signal?: AbortSignal } = {},
): Promise<{ seen: RoutesSeen; agents: AgentsSeen; unanswered: ReadonlySet<string> }> {
  if (agents.rest?.is !== 'beyond') return { seen, agents, unanswered: new Set() };
  const named = [...seen.routes, ...instances].map(({ agentId }) => agentId);
  const { found, unanswered } = await agentsBeyond(omni, agents.byId, named, options);
  const byId = new Map([...agents.byId, ...found.map((agent) => [agent.id, agent] as const)]);
  const all: AgentsSeen = { byId, rest: unanswered.size > 0 ? LATE : null };
  const homes = new Map(instances.map((instance) => [instance.id, instance]));
  const rows = seen.routes.flatMap((route) => {
    const home = homes.get(route.instanceId);
    return home ? routeRow(route, home, all) : [];
  });
  return { seen: { ...seen, rows }, agents: all, unanswered };
}
