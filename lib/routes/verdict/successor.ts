import type { Agent } from '#lib/omni/schemas/agents.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import type { Provider } from '#lib/omni/schemas/providers.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import type { RouteFacts } from '#lib/routes/editor/route-facts.ts';
import { seenOr, valueOf, type Seen } from '#lib/omni/seen.ts';
import { verdictOf, type Verdict } from './verdict.ts';

/** What is done to some routes. */
export type BulkChange = 'on' | 'off' | 'delete';

/** A route after a change; null: it is deleted. */
export type ChangeRoute = (route: Route) => Route | null;

/** What such a change makes of a route. */
export function changeOf(change: BulkChange): ChangeRoute {
  return (route) => (change === 'delete' ? null : { ...route, isActive: change === 'on' });
}

/** Who answers before a change of routes, and who answers instead after it. */
export type Successor = { from: Verdict; to: Verdict };

/** The successor for a route's chat or person. */
export type RouteSuccessor = Successor & { routeId: string; instanceId: string };

/** The successor for a participant of a chat who has an active route of their own on its instance. */
export type ParticipantSuccessor = Successor & {
  personId: string | null;
  name: string | null;
  /** The chat's route; entries of before lack it. */
  routeId?: string;
};

/**
 * The successor when one route changes: for its chat, for a participant of the chat with a route of their own, or for its
 * person `elsewhere`, which is wherever no chat route decides.
 */
export type TargetSuccessor = Successor & { who: 'chat' | 'participant' | 'elsewhere'; name: string | null };

type Participants = readonly { route: Route; name: string | null }[];
/** The agents and providers that decide who answers. */
export type Answering = { agents: Seen<readonly Agent[]>; providers: Seen<readonly Provider[]> };

/** Whether somebody else answers afterwards, or nobody who did, or somebody where nobody did. */
export function isReplaced({ from, to }: Successor): boolean {
  return replyOf(from) !== replyOf(to);
}

/** Who answers in one word: an agent's id, or nobody. Where it can't be told, the agent that routing leads to. */
function replyOf(verdict: Verdict): string {
  if (verdict.is === 'answers') return verdict.by.id;
  return verdict.is === 'nobody' ? 'nobody' : (verdict.agent?.id ?? `unknown ${verdict.why}`);
}

/** A verdict as a plan's effects hold it: what is not seen is part of what somebody agrees to. */
export function verdictMark(verdict: Verdict): string {
  if (verdict.is === 'answers') return verdict.by.id;
  const why = verdict.why === 'not-seen' ? `${verdict.part} ${verdict.seen.is}` : verdict.why;
  return `${verdict.is} ${verdict.agent?.id ?? ''} ${why}`;
}

/**
 * Who answers the chat or person of each route when these routes of an instance change, all at once. A chat is asked about without
 * a person: whoever has an active route of their own there is answered by that route (`participantSuccessors`, contract §2.1).
 */
export function successorsInBulk(
  change: ChangeRoute,
  ids: ReadonlySet<string>,
  instance: Seen<Instance>,
  routes: readonly Route[],
  answering: Answering,
): RouteSuccessor[] {
  const after = routesAfter(change, ids, routes);
  return routes
    .filter(({ id }) => ids.has(id))
    .map((route) => ({
      routeId: route.id,
      instanceId: route.instanceId,
      ...successorOf(
        {
          instanceId: route.instanceId,
          instance,
          chatId: route.scope === 'chat' ? route.chatId : null,
          personId: route.scope === 'user' ? route.personId : null,
        },
        routes,
        after,
        answering,
      ),
    }));
}

/** The same for the participants of one route's chat who have an active route of their own on its instance. */
export function participantSuccessors(
  change: ChangeRoute,
  ids: ReadonlySet<string>,
  { id, chatId }: Route,
  participants: Participants,
  instance: Seen<Instance>,
  routes: readonly Route[],
  answering: Answering,
): ParticipantSuccessor[] {
  const after = routesAfter(change, ids, routes);
  return participants.map(({ route: { personId, instanceId }, name }) => {
    return {
      personId,
      name,
      routeId: id,
      ...successorOf({ instanceId, instance, chatId, personId }, routes, after, answering),
    };
  });
}

type TargetFacts = Pick<RouteFacts, 'participants' | 'agents' | 'providers' | 'target'> & { instance: Instance };

/** Who answers a route's chat, its participants or its person when the route changes. Null: there is no route before, or after. */
export function successorsOfRoute(facts: TargetFacts, before: Route | null, after: Route | null): TargetSuccessor[] {
  const subject = after ?? before;
  if (!subject) return [];
  const { instance, target } = facts;
  const participants = seenOr(facts.participants, []);
  const among = (route: Route | null) => [...(route ? [route] : []), ...participants.map((each) => each.route)];
  const successor = (chatId: string | null, personId: string | null) =>
    successorOf(
      { instanceId: instance.id, instance: valueOf(instance), chatId, personId },
      among(before),
      among(after),
      facts,
    );
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

/** Why nobody answers, as sentences take it; `agent` is empty where there is none or it does not exist. */
export function whyNobody({ why, agent }: Extract<Verdict, { is: 'nobody' }>): { why: string; agent: string } {
  return { why: why.replaceAll('-', '_'), agent: agent?.name ?? '' };
}

type Asked = { instanceId: string; instance: Seen<Instance>; chatId: string | null; personId: string | null };

/** Access rules and the chat's instance are left out: a route changes neither. */
function successorOf(
  { chatId, ...asked }: Asked,
  before: readonly Route[],
  after: readonly Route[],
  { agents, providers }: Answering,
): Successor {
  const verdictWith = (routes: readonly Route[]) =>
    verdictOf({
      ...asked,
      chatId: valueOf(chatId),
      routes: valueOf(routes),
      agents,
      providers,
      writer: null,
    });
  return { from: verdictWith(before), to: verdictWith(after) };
}

function routesAfter(change: ChangeRoute, ids: ReadonlySet<string>, routes: readonly Route[]): Route[] {
  return routes.flatMap((route) => {
    const after = ids.has(route.id) ? change(route) : route;
    return after ? [after] : [];
  });
}
