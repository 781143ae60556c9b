import { AGENTS_LIMIT } from '#lib/omni/limits.ts';
import type { Agent } from '#lib/omni/schemas/agents.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import type { Provider } from '#lib/omni/schemas/providers.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
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

/** The provider of an agent. `none`: it has none. `unseen`: the key may not read providers, or the agent is unseen. */
export type AnsweringProvider = Provider | 'none' | 'missing' | 'unseen';

/** Which agent answers. `unseen`: the key may not read agents, or there are more than Omni lists. */
export type Answerer = { id: string; agent: Agent | 'missing' | 'unseen'; provider: AnsweringProvider } | null;

/**
 * What matters besides the winner. `nobody`: neither route nor instance names an agent. `agent_inactive`: Omni
 * ignores it, so the agent answers all the same. `provider_inactive`: Omni then has no provider to ask, so nobody
 * answers. `asks_default`: the agent has no id at its provider, which is then asked for "default" (contract §2.1, §6).
 */
export type Caveat =
  | 'nobody'
  | 'agent_missing'
  | 'agent_unseen'
  | 'agent_inactive'
  | 'no_provider'
  | 'provider_missing'
  | 'provider_unseen'
  | 'provider_inactive'
  | 'asks_default'
  | 'instance_inactive';

export type Resolution = {
  winner: { by: 'chat' | 'user'; route: Route } | { by: 'default' };
  /** Routes that name the chat or the person and do not answer. */
  losers: Loser[];
  /** Every other route of the instance: winner, losers and these are all of them. */
  others: Loser[];
  answerer: Answerer;
  /** Whether the answering agent comes from the route, or from the instance because the route names none. */
  agentFrom: 'route' | 'instance' | 'nobody';
  /** `no` only where it is sure that nobody answers. */
  answers: 'yes' | 'no' | 'unknown';
  caveats: Caveat[];
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
  agents: readonly Agent[] | 'unseen',
  providers: readonly Provider[] | 'unseen' = 'unseen',
): Resolution {
  const { instance, chatId } = question;
  const here = routes.filter((route) => route.instanceId === instance.id);
  const unreachable = chatId !== null && !UUID.test(chatId);
  const matching = unreachable ? [] : here.filter((route) => route.isActive && concerns(route, question));
  const winner = best(matching, 'chat') ?? best(matching, 'user');
  const rest = here.filter((route) => route !== winner);
  const agentId = winner?.agentId ?? instance.agentId;
  const answerer = agentId ? answererOf(agentId, agents, providers) : null;
  const caveats = caveatsOf(answerer, instance);
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
    answerer,
    agentFrom: winner?.agentId ? 'route' : agentId ? 'instance' : 'nobody',
    answers: answersOf(caveats),
    caveats,
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
  id: string,
  agents: readonly Agent[] | 'unseen',
  providers: readonly Provider[] | 'unseen',
): NonNullable<Answerer> {
  if (agents === 'unseen') return { id, agent: 'unseen', provider: 'unseen' };
  const agent = agents.find((each) => same(each.id, id));
  if (!agent) return { id, agent: agents.length >= AGENTS_LIMIT ? 'unseen' : 'missing', provider: 'unseen' };
  if (!agent.agentProviderId) return { id, agent, provider: 'none' };
  if (providers === 'unseen') return { id, agent, provider: 'unseen' };
  return { id, agent, provider: providers.find((each) => same(each.id, agent.agentProviderId)) ?? 'missing' };
}

function caveatsOf(answerer: Answerer, instance: Instance): Caveat[] {
  const off: Caveat[] = instance.isActive === false ? ['instance_inactive'] : [];
  if (!answerer) return ['nobody', ...off];
  const { agent, provider } = answerer;
  if (agent === 'missing') return ['agent_missing', ...off];
  if (agent === 'unseen') return ['agent_unseen', ...off];
  const asksDefault = !agent.metadata?.providerAgentId && !agent.configPath && provider !== 'none';
  const behind: Caveat[] =
    provider === 'none'
      ? ['no_provider']
      : provider === 'missing'
        ? ['provider_missing']
        : provider === 'unseen'
          ? ['provider_unseen']
          : provider.isActive
            ? []
            : ['provider_inactive'];
  return [
    ...(agent.isActive ? [] : (['agent_inactive'] as const)),
    ...behind,
    ...(asksDefault ? (['asks_default'] as const) : []),
    ...off,
  ];
}

const NO_ANSWER = [
  'nobody',
  'agent_missing',
  'provider_inactive',
  'provider_missing',
] as const satisfies readonly Caveat[];
const UNSURE = [
  'agent_unseen',
  'provider_unseen',
  'no_provider',
  'instance_inactive',
] as const satisfies readonly Caveat[];

export type DecisiveCaveat = (typeof NO_ANSWER)[number] | (typeof UNSURE)[number];

/** The caveat that decides that nobody answers, or that it can't be told whether anybody does; null where the agent answers. */
export function decisiveCaveat(caveats: readonly Caveat[]): DecisiveCaveat | null {
  return (
    NO_ANSWER.find((caveat) => caveats.includes(caveat)) ?? UNSURE.find((caveat) => caveats.includes(caveat)) ?? null
  );
}

function answersOf(caveats: readonly Caveat[]): Resolution['answers'] {
  const decisive = decisiveCaveat(caveats);
  if (decisive === null) return 'yes';
  return NO_ANSWER.some((caveat) => caveat === decisive) ? 'no' : 'unknown';
}
