import 'server-only';
import { listAccessRules } from '#lib/omni/resources/access.ts';
import { listAgents } from '#lib/omni/resources/agents.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { getInstanceStatus, listAllInstances } from '#lib/omni/resources/instances.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import type { Result } from '#lib/omni/result.ts';
import { checkProvider } from '#lib/omni/resources/providers.ts';
import { listRoutes } from '#lib/omni/resources/routes.ts';
import type { AccessRule } from '#lib/omni/schemas/access.ts';
import type { Agent } from '#lib/omni/schemas/agents.ts';
import type { Instance, InstanceStatus } from '#lib/omni/schemas/instances.ts';
import type { ProviderHealth } from '#lib/omni/schemas/providers.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
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

/** Whether a provider responds to Omni, at most 15 s old; Omni waits up to 5 s for it. Scope `providers:read` (contract §6). */
export function providerHealthSnapshot(omni: Omni, id: string): Promise<Result<ProviderHealth, OmniError>> {
  return snapshot(omni, `provider-health ${id}`, () => checkProvider(omni, id));
}
