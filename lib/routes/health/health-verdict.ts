import type { Agent } from '#lib/omni/schemas/agents.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import type { Provider, ProviderHealth } from '#lib/omni/schemas/providers.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { LATE, seenOr, valueOf, type NotSeen, type Seen } from '#lib/omni/seen.ts';
import { concerns, resolve } from '#lib/routes/resolve/resolve.ts';
import {
  decidingProvider,
  verdictOf,
  type AccessSeen,
  type Contact,
  type Verdict,
  type VerdictFacts,
} from '#lib/routes/verdict/verdict.ts';

/** What verdicts on the routes of an instance are made from. `unanswered`: agents that Omni was asked for and did not answer. */
export type InstanceSources = {
  instance: Instance;
  routes: readonly Route[];
  agents: Seen<readonly Agent[]>;
  providers: Seen<readonly Provider[]>;
  unanswered: ReadonlySet<string>;
};

/**
 * What stands behind a route. `home`: the instance of its chat. `contacts`: of whoever writes, null where nobody in particular does.
 * `health`: of the providers that were asked, by id.
 */
export type Behind = {
  home: NonNullable<VerdictFacts['chatHome']>;
  contacts: Seen<readonly Contact[]> | null;
  access: AccessSeen;
  health: ReadonlyMap<string, Seen<ProviderHealth>>;
};

const NOT_YET: NotSeen = LATE;
const NOTHING_YET: Behind = {
  home: NOT_YET,
  contacts: NOT_YET,
  access: { rules: NOT_YET, matchers: [], now: 0 },
  health: new Map(),
};

/** Who answers a route's chat or person now. */
export function verdictOfRoute(route: Route, sources: InstanceSources, behind: Behind): Verdict {
  const facts = factsOf(route, sources, behind);
  const provider = decidingProvider(facts);
  return provider === null ? verdictOf(facts) : verdictOf({ ...facts, health: behind.health.get(provider) ?? LATE });
}

/** The same before anything behind the route is looked at: only what is sure whatever that shows, which is that nobody answers. */
export function sureVerdictOfRoute(route: Route, sources: InstanceSources): Verdict | null {
  const verdict = verdictOf(factsOf(route, sources, NOTHING_YET));
  return verdict.is === 'nobody' ? verdict : null;
}

function factsOf(route: Route, sources: InstanceSources, { home, contacts, access }: Behind): VerdictFacts {
  const { instance, agents, providers, unanswered } = sources;
  const target = targetOf(route);
  const routes = about(sources.routes, target);
  const waits = [instance, ...routes].some(({ agentId }) => unanswered.has(agentId ?? ''));
  return {
    instanceId: instance.id,
    instance: valueOf(instance),
    routes: valueOf(routes),
    agents: waits ? LATE : agents,
    providers,
    chatId: valueOf(target.chatId),
    chatHome: home,
    personId: target.personId,
    writer: contacts && { ...access, contacts },
  };
}

/** The providers that answer through these routes, or would by their instances' default agents; each once. */
export function providersOf(all: readonly InstanceSources[]): string[] {
  return [
    ...new Set(
      all.flatMap(({ instance, routes, agents, providers }) => {
        const ids = new Set([instance.agentId, ...routes.map(({ agentId }) => agentId)]);
        const known = new Set(seenOr(providers, []).flatMap(({ id, isActive }) => (isActive ? [id] : [])));
        const named = seenOr(agents, []).filter(({ id }) => ids.has(id));
        return [...named, instance, ...routes].flatMap(({ agentProviderId: id }) => (id && known.has(id) ? [id] : []));
      }),
    ),
  ];
}

/** The agent that an active route leads to, with its provider; null where it has none, or loses to another route. */
export function answererOfRoute(
  route: Route,
  { instance, routes, agents, providers }: InstanceSources,
): { agent: string; provider: Provider } | null {
  if (!route.isActive) return null;
  const question = { instance, ...targetOf(route) };
  const { winner, answerer } = resolve(question, about(routes, question), agents, providers);
  if (winner.by === 'default' || winner.route.id !== route.id) return null;
  if (answerer?.provider?.is !== 'value' || answerer.provider.value === null) return null;
  const { agent, id } = answerer;
  const name = agent.is === 'value' ? agent.value?.name : agent.is === 'absent' ? id : null;
  return { agent: name ?? id.slice(0, 8), provider: answerer.provider.value };
}

type Target = Pick<Route, 'chatId' | 'personId'>;

const targetOf = ({ scope, chatId, personId }: Route): Target =>
  scope === 'chat' ? { chatId, personId: null } : { chatId: null, personId };

const about = (routes: readonly Route[], target: Target) => routes.filter((route) => concerns(route, target));
