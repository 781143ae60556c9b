import { AGENTS_LIMIT } from '#lib/omni/limits.ts';
import type { Agent } from '#lib/omni/schemas/agents.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import type { Provider } from '#lib/omni/schemas/providers.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { mapSeen, valueOf, type Seen } from '#lib/omni/seen.ts';
import { OVERRIDES, type Override } from '#lib/routes/editor/overrides.ts';

/**
 * Why a route does not answer here. Of those that name the chat or the person: `inactive`; `outranked`, since a chat route
 * comes before a user route, whatever their priority; `chat_unreachable`. The others: `other_chat`, `other_person`,
 * `no_chat` and `no_person` (nobody asked about one).
 */
export type LoserReason =
  | 'inactive'
  | 'outranked'
  | 'chat_unreachable'
  | 'other_chat'
  | 'other_person'
  | 'no_chat'
  | 'no_person';

export type Loser = { route: Route; reason: LoserReason };

/** Where a value comes from; `unknown`: the server's own default, which Omni doesn't report (contract §2.1). */
export type Origin = 'route' | 'instance' | 'unknown';

export type Setting = { name: Override; value: unknown; origin: Origin };

/**
 * Which agent answers. `agent` null: no agent has this id. `provider` undefined: the agent has none; null: its provider is gone;
 * what is not seen of the agent is not seen of its provider either.
 */
export type Answerer = {
  id: string;
  agent: Seen<Agent | null>;
  provider: Seen<Provider | null> | undefined;
} | null;

export type Resolution = {
  winner: { by: 'chat' | 'user'; route: Route } | { by: 'default' };
  /** Routes that name the chat or the person and do not answer. */
  losers: Loser[];
  /** Every other route of the instance: winner, losers and these are all of them. */
  others: Loser[];
  answerer: Answerer;
  /** Whether the answering agent comes from the route, or from the instance because the route names none. */
  agentFrom: 'route' | 'instance' | 'nobody';
  /** The chat id is no UUID: Omni skips every route (contract §2.1). */
  unreachable: boolean;
  settings: Setting[];
};

export type Question = { instance: Instance; chatId: string | null; personId: string | null };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Who answers in a chat of an instance when a person writes, and why nobody else does. What the server does, not what its
 * docs say: chat route > user route > the instance's own agent; only active routes; `priority` decides nothing; a chat id
 * that is no UUID makes Omni skip user routes too (contract §2.1). Total: every input gives an answer.
 */
export function resolve(
  question: Question,
  routes: readonly Route[],
  agents: Seen<readonly Agent[]>,
  providers: Seen<readonly Provider[]>,
): Resolution {
  const { instance, chatId } = question;
  const here = routes.filter((route) => route.instanceId === instance.id);
  const unreachable = chatId !== null && !UUID.test(chatId);
  const matching = unreachable ? [] : here.filter((route) => route.isActive && concerns(route, question));
  const winner = best(matching, 'chat') ?? best(matching, 'user');
  const rest = here.filter((route) => route !== winner);
  const named = winner?.agentId ? winner : instance;
  return {
    winner: winner ? { by: winner.scope === 'chat' ? 'chat' : 'user', route: winner } : { by: 'default' },
    losers: rest
      .filter((route) => concerns(route, question))
      .map((route) => ({
        route,
        reason: unreachable ? 'chat_unreachable' : route.isActive ? 'outranked' : 'inactive',
      })),
    others: rest
      .filter((route) => !concerns(route, question))
      .map((route) => ({ route, reason: whyElsewhere(route, question) })),
    answerer: answererOf(named, agents, providers),
    agentFrom: winner?.agentId ? 'route' : instance.agentId ? 'instance' : 'nobody',
    unreachable,
    settings: OVERRIDES.map((name) => settingOf(name, winner, instance)),
  };
}

/** The value of one setting and where it comes from: the route's own, else the instance's, else unknown. */
export function settingOf(
  name: Override,
  route: Partial<Record<Override, unknown>> | null,
  instance: Partial<Record<Override, unknown>>,
): Setting {
  const own = route?.[name] ?? null;
  if (own !== null) return { name, value: own, origin: 'route' };
  const inherited = instance[name] ?? null;
  return inherited === null ? { name, value: null, origin: 'unknown' } : { name, value: inherited, origin: 'instance' };
}

/** Omni lets there be one of each; should there be more, it takes the highest priority. */
function best(routes: readonly Route[], scope: 'chat' | 'user'): Route | null {
  const [first = null] = routes
    .filter((route) => route.scope === scope)
    .toSorted((one, other) => other.priority - one.priority);
  return first;
}

const same = (id: string | null, asked: string | null) =>
  id !== null && asked !== null && id.toLowerCase() === asked.toLowerCase();

/** Whether a route names the chat or the person that is asked about. */
export function concerns(route: Route, { chatId, personId }: Omit<Question, 'instance'>): boolean {
  return route.scope === 'chat' ? same(route.chatId, chatId) : same(route.personId, personId);
}

function whyElsewhere(route: Route, { chatId, personId }: Question): LoserReason {
  if (route.scope === 'chat') return chatId === null ? 'no_chat' : 'other_chat';
  return personId === null ? 'no_person' : 'other_person';
}

function answererOf(
  { agentId: id, agentProviderId }: { agentId: string | null; agentProviderId?: string | null },
  agents: Seen<readonly Agent[]>,
  providers: Seen<readonly Provider[]>,
): Answerer {
  if (!id) return null;
  const providerOf = (wanted: string) => mapSeen(providers, (all) => all.find((each) => same(each.id, wanted)) ?? null);
  // The older generation names an agent at a provider and has no list of agents (contract §9).
  if (agentProviderId && (agents.is === 'absent' || !UUID.test(id)))
    return { id, agent: { is: 'absent', generation: 'february' }, provider: providerOf(agentProviderId) };
  if (agents.is !== 'value') return { id, agent: agents, provider: agents };
  const agent = agents.value.find((each) => same(each.id, id)) ?? null;
  if (!agent && agents.value.length >= AGENTS_LIMIT) return { id, agent: BEYOND, provider: BEYOND };
  const provider = agent?.agentProviderId ? providerOf(agent.agentProviderId) : undefined;
  return { id, agent: valueOf(agent), provider };
}

const BEYOND = { is: 'beyond', limit: AGENTS_LIMIT } as const;
