import { visibleName } from '#lib/text/visible.ts';
import { isUuid } from '#lib/omni/door/path.ts';
import type { Agent } from '#lib/omni/schemas/agents.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import type { NotSeen } from '#lib/omni/seen.ts';
import { OVERRIDES, type Override } from '#lib/routes/editor/overrides.ts';

/**
 * How the agent of a route is. `default`: the route has none, so the default agent answers (contract §2.1). `not-seen`:
 * it could not be read, or is none of those Omni lists. `older`: a name at a provider, of the older generation.
 */
export type AgentState = 'active' | 'inactive' | 'missing' | 'not-seen' | 'default' | 'older';

/** A route as a list shows it. Times are ISO. `own`: the settings that are its own and not inherited. */
export type RouteRow = {
  id: string;
  instanceId: string;
  instance: string;
  channel: string | null;
  scope: 'chat' | 'user';
  /** The chat or person it is for. */
  targetId: string;
  /** The agent that answers: the route's own, or the instance's where it names none. */
  agentId: string | null;
  agent: string | null;
  agentState: AgentState;
  label: string | null;
  priority: number;
  active: boolean;
  own: Override[];
  updatedAt: string;
};

/** What is known of an instance: itself, or only its id where the key may not read instances. */
export type InstanceRef = Pick<Instance, 'id' | 'name'> & Partial<Pick<Instance, 'channel' | 'agentId' | 'isActive'>>;

/** Agents by id; `rest`: why an agent that is not among them may exist all the same, null where all were seen. */
export type AgentsSeen = { byId: ReadonlyMap<string, Agent>; rest: NotSeen | null };

/** One row. The older generation's routes name an agent at a provider (contract §9). */
export function routeRow(route: Route, instance: InstanceRef, agents: AgentsSeen): RouteRow {
  return {
    id: route.id,
    instanceId: route.instanceId,
    instance: instance.name,
    channel: instance.channel ?? null,
    scope: route.scope === 'user' ? 'user' : 'chat',
    targetId: (route.scope === 'user' ? route.personId : route.chatId) ?? '',
    ...answering(route, instance, agents),
    label: visibleName(route.label),
    priority: route.priority,
    active: route.isActive,
    own: OVERRIDES.filter((name) => (route[name] ?? null) !== null),
    updatedAt: route.updatedAt,
  };
}

function answering(
  route: Route,
  instance: InstanceRef,
  agents: AgentsSeen,
): Pick<RouteRow, 'agentId' | 'agent' | 'agentState'> {
  if (route.agentProviderId || (route.agentId && !isUuid(route.agentId)))
    return { agentId: null, agent: route.agentId, agentState: 'older' };
  const agentId = route.agentId ?? instance.agentId ?? null;
  const found = agentId === null ? undefined : agents.byId.get(agentId);
  const agent = found?.name ?? null;
  if (!route.agentId) return { agentId, agent, agentState: 'default' };
  if (found) return { agentId, agent, agentState: found.isActive ? 'active' : 'inactive' };
  return { agentId, agent, agentState: agents.rest ? 'not-seen' : 'missing' };
}

/** Whether routes are of the older generation: they name a provider and an agent's name there (contract §9). */
export function isOlder(routes: readonly Route[]): boolean {
  return routes.some(({ agentProviderId }) => agentProviderId !== null);
}
