import 'server-only';
import { listAgents } from '#lib/omni/resources/agents.ts';
import { getChat, listParticipants } from '#lib/omni/resources/chats.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { getInstance } from '#lib/omni/resources/instances.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { getPresence } from '#lib/omni/resources/persons.ts';
import { listProviders } from '#lib/omni/resources/providers.ts';
import { err, ok, type Result } from '#lib/omni/result.ts';
import { ABSENT, mapSeen, notSeenOf, seenOf, seenOr, valueOf, type Seen } from '#lib/omni/seen.ts';
import { listRoutes } from '#lib/omni/resources/routes.ts';
import type { Agent } from '#lib/omni/schemas/agents.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import type { Provider } from '#lib/omni/schemas/providers.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { namedAgents } from '#lib/routes/list/named-agents.ts';
import { nameOfChat, nameOfPerson, type RouteName } from '#lib/routes/list/route-name.ts';
import { isOlder } from '#lib/routes/list/route-row.ts';

/** Whom a route is for. Fixed once it is created: Omni ignores it in a PATCH (contract §2). */
export type RouteTarget = { scope: 'chat'; chatId: string } | { scope: 'user'; personId: string };

/**
 * What is known of a target: its name, null where it has none, or that it does not exist. `at`: false where the chat belongs to
 * another instance, or the person has no identity on this one, so that the route can never match; null where nobody can tell.
 */
export type TargetSeen = { seen: Seen<'there' | 'gone'>; name: string | null; at: boolean | null };

/**
 * What a plan about one route depends on: the route, its target, what it inherits, and the routes that decide with it. Of
 * agents and providers only those that these name.
 */
export type RouteFacts = {
  serverUrl: string;
  /** Routes here name a provider's agent: an older Omni, whose routes this console does not change (contract §9). */
  older: boolean;
  instance: Instance | null;
  /** The route that is edited, or the one that a new route's chat or person has already (active or not: contract §2). */
  route: Route | null;
  target: TargetSeen;
  /** Participants of the chat with an active route of their own, which does not answer while the chat's is active. */
  participants: Seen<{ route: Route; name: string | null }[]>;
  /** Active chat routes of the instance: a user route does not answer there. */
  chatRoutes: number;
  agents: Seen<Agent[]>;
  providers: Seen<Provider[]>;
};

/** Reads what a change of one route depends on. `find` picks the route out of the instance's. */
export async function readRouteFacts(
  omni: Omni,
  instanceId: string,
  find: (routes: readonly Route[]) => Route | null,
  targetOf: (route: Route | null) => RouteTarget | null,
  agentIds: readonly (string | null | undefined)[],
): Promise<Result<RouteFacts, OmniError>> {
  const [instance, routes, agents, providers] = await Promise.all([
    getInstance(omni, instanceId),
    listRoutes(omni, instanceId),
    listAgents(omni),
    listProviders(omni),
  ]);
  if (!routes.ok) return err(routes.error);
  if (!instance.ok && instance.error.kind !== 'not_found') return err(instance.error);
  const route = find(routes.value);
  const target = targetOf(route);
  const [seen, participants] = await Promise.all([
    target ? seeTarget(omni, instanceId, target) : NO_TARGET,
    target?.scope === 'chat' ? participantsOf(omni, target.chatId, routes.value) : valueOf([]),
  ]);
  const agentsNamed = agents.ok
    ? await namedAgents(omni, agents.value, [
        ...agentIds,
        route?.agentId,
        instance.ok ? instance.value.agentId : null,
        ...seenOr(participants, []).map((one) => one.route.agentId),
      ])
    : agents;
  const seenAgents = isOlder(routes.value) ? ABSENT : seenOf(agentsNamed);
  const providerIds = new Set(seenOr(seenAgents, []).map(({ agentProviderId }) => agentProviderId));
  return ok({
    serverUrl: omni.server.url,
    older: isOlder(routes.value),
    instance: instance.ok ? instance.value : null,
    route,
    target: seen,
    participants,
    chatRoutes: routes.value.filter(({ scope, isActive }) => scope === 'chat' && isActive).length,
    agents: seenAgents,
    providers: mapSeen(seenOf(providers), (all) => all.filter(({ id }) => providerIds.has(id))),
  });
}

/** What a route without a target is taken for; no plan gets so far. */
const NO_TARGET: TargetSeen = { seen: valueOf('gone'), name: null, at: null };

/** Whether a target exists, what it is called, and whether it can ever match here. */
export async function seeTarget(omni: Omni, instanceId: string, target: RouteTarget): Promise<TargetSeen> {
  if (target.scope === 'chat') {
    const chat = await getChat(omni, target.chatId);
    if (!chat.ok) return notThere(chat.error);
    const { instanceId: home } = chat.value;
    const at = home === null ? null : home === instanceId;
    return { seen: valueOf('there'), name: calledTarget(nameOfChat(chat.value)), at };
  }
  const person = await getPresence(omni, target.personId);
  if (!person.ok) return notThere(person.error);
  const at = person.value.identities.some((identity) => identity.instanceId === instanceId);
  return { seen: valueOf('there'), name: calledTarget(nameOfPerson(person.value.person)), at };
}

/** What a chat or person is called: by its name, else by its handle, phone or email. */
const calledTarget = ({ name, handle }: RouteName) => name ?? handle;

function notThere(error: OmniError): TargetSeen {
  return { seen: error.kind === 'not_found' ? valueOf('gone') : notSeenOf(error), name: null, at: null };
}

/** The active routes of people's own that a chat's participants have among some routes. Scope `chats:read`. */
export async function participantsOf(
  omni: Omni,
  chatId: string,
  routes: readonly Route[],
): Promise<RouteFacts['participants']> {
  const own = routes.filter((route) => route.scope === 'user' && route.isActive);
  if (own.length === 0) return valueOf([]);
  const participants = await listParticipants(omni, chatId);
  return mapSeen(seenOf(participants), (all) =>
    own.flatMap((route) => {
      const found = all.find(({ personId }) => personId !== null && personId === route.personId);
      return found ? [{ route, name: found.displayName ?? found.platformUserId }] : [];
    }),
  );
}
