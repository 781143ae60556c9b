import type { Agent } from '#lib/omni/schemas/agents.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { resolve, type Answerer } from '#lib/routes/resolve/resolve.ts';

/** What is done to some routes. */
export type Change = 'on' | 'off' | 'delete';

/** An agent as a sentence names it; null: nobody. */
export type Hand = { id: string; name: string } | null;

/** Who answers a route's chat or person before and after a change. `unseen`: the instance, whose agent counts, can't be read. */
export type Handover = { routeId: string; instanceId: string; from: Hand; to: Hand; unseen: boolean };

/**
 * Who changes hands when routes of an instance are switched or deleted, all of them at once. A chat is asked about without a
 * person: whoever has an active route of their own there is answered by that, which `ownRoutes` tells (contract §2.1).
 */
export function handovers(
  change: Change,
  ids: ReadonlySet<string>,
  instance: Instance | null,
  routes: readonly Route[],
  agents: readonly Agent[] | 'unseen',
): Handover[] {
  const after = afterwards(change, ids, routes);
  const stand = instance ?? ({ id: routes[0]?.instanceId ?? '', agentId: null } as Instance);
  return routes
    .filter(({ id }) => ids.has(id))
    .map((route) => {
      const question = {
        instance: stand,
        chatId: route.scope === 'chat' ? route.chatId : null,
        personId: route.scope === 'user' ? route.personId : null,
      };
      const [was, will] = [resolve(question, routes, agents), resolve(question, after, agents)];
      const unseen = instance === null && (was.agentFrom !== 'route' || will.agentFrom !== 'route');
      return {
        routeId: route.id,
        instanceId: route.instanceId,
        from: handOf(was.answerer),
        to: handOf(will.answerer),
        unseen,
      };
    });
}

/** Somebody in a chat with a route of their own, and who answers them there before and after. */
export type Insider = { personId: string | null; name: string | null; from: Hand; to: Hand };

/** The same for those who take part in a route's chat and have an active route of their own on its instance. */
export function insidersHands(
  change: Change,
  { id, chatId }: Route,
  insiders: readonly { route: Route; name: string | null }[],
  instance: Instance | null,
  routes: readonly Route[],
  agents: readonly Agent[] | 'unseen',
): Insider[] {
  const after = afterwards(change, new Set([id]), routes);
  return insiders.map(({ route: { personId, instanceId }, name }) => {
    const question = { instance: instance ?? ({ id: instanceId, agentId: null } as Instance), chatId, personId };
    const [was, will] = [resolve(question, routes, agents), resolve(question, after, agents)];
    return { personId, name, from: handOf(was.answerer), to: handOf(will.answerer) };
  });
}

function afterwards(change: Change, ids: ReadonlySet<string>, routes: readonly Route[]): Route[] {
  return routes.flatMap((route) => {
    if (!ids.has(route.id)) return [route];
    return change === 'delete' ? [] : [{ ...route, isActive: change === 'on' }];
  });
}

/** How many people have an active route of their own on the instance that stays: in a group it answers for them. */
export function ownRoutes(ids: ReadonlySet<string>, routes: readonly Route[]): number {
  return routes.filter(({ id, scope, isActive }) => scope === 'user' && isActive && !ids.has(id)).length;
}

function handOf(answerer: Answerer): Hand {
  if (answerer === null) return null;
  return { id: answerer.id, name: typeof answerer.agent === 'object' ? answerer.agent.name : answerer.id.slice(0, 8) };
}
