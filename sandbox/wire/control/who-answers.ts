import type { ResolverQuestion } from '../../resources/route-resolver.ts';
import { OVERRIDE_NAMES } from '../../resources/route-shapes.ts';
import { findRow, toWire, type Wire } from '../../world/tables.ts';
import { agents, instances, routes } from '../wire-rows.ts';
import type { World } from '../../world/world.ts';

/**
 * Who would answer a message now: the route or the instance, the agent, and every setting with where it comes from. A
 * route's null inherits, its null agent too; an inactive agent still answers (contract §2.1).
 */
export function whoAnswers(world: World, asked: ResolverQuestion, cached: boolean): Wire {
  const { store, resolver } = world;
  const instanceRow = findRow(store, instances, asked.instanceId);
  if (!instanceRow) return { decidedBy: 'nobody', agent: null, route: null, settings: {} };
  const instance = toWire(instances, instanceRow);
  const row = cached ? resolver.resolve(asked) : resolver.resolveNow(asked);
  const route = row === null ? null : toWire(routes, row);
  const settings = Object.fromEntries(
    OVERRIDE_NAMES.map((name) => {
      const own = route?.[name] ?? null;
      return [name, own === null ? { value: instance[name] ?? null, from: 'instance' } : { value: own, from: 'route' }];
    }),
  );
  const agentId = route?.agentId ?? instance.agentId ?? null;
  const agentRow = agentId === null ? undefined : findRow(store, agents, String(agentId));
  return {
    decidedBy: route === null ? 'instance' : route.scope,
    agentId,
    agent: agentRow ? toWire(agents, agentRow) : null,
    route,
    settings,
  };
}
