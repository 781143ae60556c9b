import 'server-only';
import { listAccessRules } from './access.ts';
import { listAgents } from './agents.ts';
import type { OmniError } from './errors.ts';
import { getInstanceStatus, listAllInstances } from './instances.ts';
import type { Omni } from './omni.ts';
import type { Result } from './result.ts';
import { listRoutes } from './routes.ts';
import type { AccessRule } from './schemas/access.ts';
import type { Agent } from './schemas/agents.ts';
import type { Instance, InstanceStatus } from './schemas/instances.ts';
import type { Route } from './schemas/routes.ts';
import { snapshot } from './snapshot-cache.ts';

type Answer<T> = Promise<Result<T[], OmniError>>;

/** All instances the key sees, at most 15 s old. Scope `instances:read`. For display: plans use `listAllInstances`. */
export function instancesSnapshot(omni: Omni): Answer<Instance> {
  return snapshot(omni, 'instances', () => listAllInstances(omni));
}

/** Agents, at most 15 s old; `AGENTS_LIMIT` of them means that there may be more (contract §1.6). Scope `agents:read`. */
export function agentsSnapshot(omni: Omni): Answer<Agent> {
  return snapshot(omni, 'agents', () => listAgents(omni));
}

/** An instance's routes, at most 15 s old. Scope `routes:read`. For display: plans use `listRoutes`. */
export function routesSnapshot(omni: Omni, instanceId: string): Answer<Route> {
  return snapshot(omni, `routes ${instanceId}`, () => listRoutes(omni, instanceId));
}

/** Access rules of every instance, at most 15 s old. Scope `access:read`. For display: plans use `listAccessRules`. */
export function accessRulesSnapshot(omni: Omni): Answer<AccessRule> {
  return snapshot(omni, 'access-rules', () => listAccessRules(omni));
}

/** Whether an instance is connected, at most 15 s old. Scope `instances:read`. */
export function instanceStatusSnapshot(omni: Omni, id: string): Promise<Result<InstanceStatus, OmniError>> {
  return snapshot(omni, `instance-status ${id}`, () => getInstanceStatus(omni, id));
}
