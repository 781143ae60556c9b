import type { Agent } from '#lib/omni/schemas/agents.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import type { Provider } from '#lib/omni/schemas/providers.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import type { RouteFacts } from '#lib/routes/editor/route-facts.ts';
import { resolve, type Answerer, type Question } from '#lib/routes/resolve/resolve.ts';

/** What is done to some routes. */
export type BulkChange = 'on' | 'off' | 'delete';

/** Who answers, as a sentence names it. `name`: the agent's, or `missing` or `unseen`. Null: nobody answers. */
export type AnsweringAgent = { id: string; name: string } | null;

/** Who answers before a change of routes, and who answers instead after it. */
export type Successor = { from: AnsweringAgent; to: AnsweringAgent };

/** The successor for a route's chat or person. `unseen`: the instance, whose default agent counts, can't be read. */
export type RouteSuccessor = Successor & { routeId: string; instanceId: string; unseen: boolean };

/** The successor for a participant of a chat who has an active route of their own on its instance. */
export type ParticipantSuccessor = Successor & { personId: string | null; name: string | null };

/**
 * The successor when one route changes: for its chat, for a participant of the chat with a route of their own, or for its
 * person `elsewhere`, which is wherever no chat route decides.
 */
export type TargetSuccessor = Successor & { who: 'chat' | 'participant' | 'elsewhere'; name: string | null };

type Participants = readonly { route: Route; name: string | null }[];
type Known<T> = readonly T[] | 'unseen';

/** Who answers in a sentence; `nobody`, `missing` and `unseen` get their words where they are shown. */
export function agentText(answerer: Answerer): string {
  if (answerer === null) return 'nobody';
  return typeof answerer.agent === 'object' ? answerer.agent.name : answerer.agent;
}

/** Whether somebody else answers afterwards. */
export function isReplaced({ from, to }: Successor): boolean {
  return from?.id !== to?.id;
}

/**
 * Who answers the chat or person of each route when these routes of an instance are activated, deactivated or deleted, all
 * at once. A chat is asked about without a person: whoever has an active route of their own there is answered by that route,
 * which `personRoutes` counts (contract §2.1).
 */
export function successorsInBulk(
  change: BulkChange,
  ids: ReadonlySet<string>,
  instance: Instance | null,
  routes: readonly Route[],
  agents: Known<Agent>,
): RouteSuccessor[] {
  const after = routesAfter(change, ids, routes);
  return routes
    .filter(({ id }) => ids.has(id))
    .map((route) => {
      const question = {
        instance: instance ?? unknownInstance(route.instanceId),
        chatId: route.scope === 'chat' ? route.chatId : null,
        personId: route.scope === 'user' ? route.personId : null,
      };
      const [was, is] = [resolve(question, routes, agents), resolve(question, after, agents)];
      const unseen = instance === null && (was.agentFrom !== 'route' || is.agentFrom !== 'route');
      return {
        routeId: route.id,
        instanceId: route.instanceId,
        from: answeringAgent(was.answerer),
        to: answeringAgent(is.answerer),
        unseen,
      };
    });
}

/** The same for the participants of one route's chat who have an active route of their own on its instance. */
export function participantSuccessors(
  change: BulkChange,
  { id, chatId }: Route,
  participants: Participants,
  instance: Instance | null,
  routes: readonly Route[],
  agents: Known<Agent>,
): ParticipantSuccessor[] {
  const after = routesAfter(change, new Set([id]), routes);
  return participants.map(({ route: { personId, instanceId }, name }) => {
    const question = { instance: instance ?? unknownInstance(instanceId), chatId, personId };
    return { personId, name, ...successorOf(question, routes, after, agents) };
  });
}

/** How many people have an active route of their own on the instance besides these routes: in a group it answers for them. */
export function personRoutes(ids: ReadonlySet<string>, routes: readonly Route[]): number {
  return routes.filter(({ id, scope, isActive }) => scope === 'user' && isActive && !ids.has(id)).length;
}

type TargetFacts = Pick<RouteFacts, 'participants' | 'agents' | 'providers' | 'target'> & { instance: Instance };

/** Who answers a route's chat, its participants or its person when the route changes. Null: there is no route before, or after. */
export function successorsOfRoute(facts: TargetFacts, before: Route | null, after: Route | null): TargetSuccessor[] {
  const subject = after ?? before;
  if (!subject) return [];
  const { instance, agents, providers, target } = facts;
  const participants = facts.participants ?? [];
  const among = (route: Route | null) => [...(route ? [route] : []), ...participants.map((each) => each.route)];
  const successor = (chatId: string | null, personId: string | null) =>
    successorOf({ instance, chatId, personId }, among(before), among(after), agents, providers);
  if (subject.scope !== 'chat') return [{ who: 'elsewhere', name: target.name, ...successor(null, subject.personId) }];
  return [
    { who: 'chat', name: target.name, ...successor(subject.chatId, null) },
    ...participants
      .filter(({ route }) => route.id !== subject.id)
      .map(({ route, name }) => ({
        who: 'participant' as const,
        name,
        ...successor(subject.chatId, route.personId),
      })),
  ];
}

function successorOf(
  question: Question,
  before: readonly Route[],
  after: readonly Route[],
  agents: Known<Agent>,
  providers: Known<Provider> = 'unseen',
): Successor {
  return {
    from: answeringAgent(resolve(question, before, agents, providers).answerer),
    to: answeringAgent(resolve(question, after, agents, providers).answerer),
  };
}

function answeringAgent(answerer: Answerer): AnsweringAgent {
  return answerer && { id: answerer.id, name: agentText(answerer) };
}

function routesAfter(change: BulkChange, ids: ReadonlySet<string>, routes: readonly Route[]): Route[] {
  return routes.flatMap((route) => {
    if (!ids.has(route.id)) return [route];
    return change === 'delete' ? [] : [{ ...route, isActive: change === 'on' }];
  });
}

/** Stands for an instance that can't be read: nothing is known of it but its id. */
function unknownInstance(id: string): Instance {
  return { id, agentId: null } as Instance;
}
