import type { Agent } from '#lib/omni/schemas/agents.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { OVERRIDES, type Override } from './overrides.ts';

/** Why a route does not answer here. `outranked`: a chat route comes before a user route, whatever their priority. */
export type LoserReason = 'inactive' | 'outranked' | 'other_chat' | 'other_person' | 'no_person' | 'chat_unreachable';

export type Loser = { route: Route; reason: LoserReason };

/** Where a value comes from; `unknown`: the server's own default, which nothing tells (contract §2.1). */
export type Origin = 'route' | 'instance' | 'unknown';

export type Setting = { name: Override; value: unknown; origin: Origin };

/** Which agent answers. `unseen`: the key may not read agents, or there are more than Omni lists. */
export type Answerer = { id: string; agent: Agent | 'missing' | 'unseen' } | null;

export type Resolution = {
  winner: { by: 'chat' | 'user'; route: Route } | { by: 'default' };
  losers: Loser[];
  answerer: Answerer;
  /** Whether the answering agent comes from the route, or from the instance because the route names none. */
  agentFrom: 'route' | 'instance' | 'nobody';
  settings: Setting[];
};

export type Question = { instance: Instance; chatId: string | null; personId: string | null };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Who answers in a chat of an instance when a person writes, and why nobody else does. What the server does, not what its
 * docs say: chat route > user route > the instance's own agent; only active routes; `priority` decides nothing; a chat id
 * that is no UUID makes Omni skip user routes too (contract §2.1). Total: every input gives an answer.
 */
export function resolve(question: Question, routes: readonly Route[], agents: readonly Agent[] | 'unseen'): Resolution {
  const { instance, chatId, personId } = question;
  const here = routes.filter((route) => route.instanceId === instance.id);
  const skipsAll = chatId !== null && !UUID.test(chatId);
  const matching = skipsAll ? [] : here.filter((route) => route.isActive && concerns(route, question));
  const winner =
    matching.find(({ scope }) => scope === 'chat') ?? matching.find(({ scope }) => scope === 'user') ?? null;
  const losers = here
    .filter(
      (route) =>
        route !== winner && (route.chatId === chatId || route.personId === personId || concerns(route, question)),
    )
    .map((route) => ({ route, reason: reasonAgainst(route, question, skipsAll) }));
  const agentId = winner?.agentId ?? instance.agentId;
  return {
    winner: winner ? { by: winner.scope === 'chat' ? 'chat' : 'user', route: winner } : { by: 'default' },
    losers,
    answerer: agentId
      ? { id: agentId, agent: agents === 'unseen' ? 'unseen' : (agents.find(({ id }) => id === agentId) ?? 'missing') }
      : null,
    agentFrom: winner?.agentId ? 'route' : agentId ? 'instance' : 'nobody',
    settings: OVERRIDES.map((name) => setting(name, winner, instance)),
  };

  function concerns(route: Route, { chatId: chat, personId: person }: Question): boolean {
    if (route.scope === 'chat') return chat !== null && route.chatId === chat;
    return person !== null && route.personId === person;
  }
}

function reasonAgainst(route: Route, { chatId, personId }: Question, skipsAll: boolean): LoserReason {
  if (skipsAll) return 'chat_unreachable';
  if (!route.isActive) return 'inactive';
  if (route.scope === 'chat') return route.chatId === chatId ? 'outranked' : 'other_chat';
  if (personId === null) return 'no_person';
  return route.personId === personId ? 'outranked' : 'other_person';
}

function setting(name: Override, route: Route | null, instance: Instance): Setting {
  const own = route?.[name] ?? null;
  if (own !== null) return { name, value: own, origin: 'route' };
  const inherited = (instance as Partial<Record<Override, unknown>>)[name] ?? null;
  return inherited === null ? { name, value: null, origin: 'unknown' } : { name, value: inherited, origin: 'instance' };
}
