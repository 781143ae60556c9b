import type { Agent } from '#lib/omni/schemas/agents.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import type { Json } from '#lib/operations/plan/define.ts';
import type { Override } from '#lib/routes/editor/overrides.ts';
import {
  decisiveCaveat,
  type Caveat,
  type DecisiveCaveat,
  type LoserReason,
  type Origin,
  type Question,
  type Resolution,
} from './resolve.ts';

/**
 * How far the search got at one link of the chain. `reached` is the winner; `inactive`, `outranked`, `unreachable`: the route does not answer;
 * `none`: there is none; `not_asked`: no chat or person was asked about; `spared`: something before it answered already.
 */
export type LinkState = 'reached' | 'inactive' | 'outranked' | 'unreachable' | 'none' | 'not_asked' | 'spared';

/** One link: the chat's route, the person's, the instance's own agent. `agent`: a name, or nobody, missing, unseen. */
export type ChainLink = {
  by: 'chat' | 'user' | 'default';
  state: LinkState;
  route: { id: string; label: string | null; draft: boolean } | null;
  agent: string | null;
};

/** A resolution as the browser gets it: names instead of rows. */
export type ResolutionView = {
  instance: { id: string; name: string };
  chat: { id: string; name: string | null; elsewhere: boolean } | null;
  person: { id: string; name: string | null } | null;
  links: ChainLink[];
  agent: { id: string; name: string; active: boolean | null } | null;
  provider: { id: string | null; name: string; active: boolean | null } | null;
  answers: Resolution['answers'];
  /** Why nobody answers, or why it can't be told; null where the agent answers. */
  why: DecisiveCaveat | null;
  caveats: Caveat[];
  losers: { id: string; label: string | null; scope: string; reason: LoserReason; priority: number; agent: string }[];
  /** How many other routes the instance has, by reason. */
  others: Partial<Record<LoserReason, number>>;
  settings: { name: Override; value: Json; origin: Origin }[];
};

/** Names of what was asked about; `elsewhere`: the chat belongs to another instance, so that no message comes from it here. */
export type QuestionNames = { chat: string | null; chatElsewhere: boolean; person: string | null };

/** The id of a route that is not saved yet. */
export const DRAFT_ID = 'draft';

/** Cuts a resolution down to what is shown. */
export function viewOfResolution(
  question: Question,
  resolution: Resolution,
  agents: readonly Agent[] | 'unseen',
  names: QuestionNames,
  draftId: string | null = null,
): ResolutionView {
  const { instance, chatId, personId } = question;
  const { answerer } = resolution;
  const nameOf = (id: string | null) => {
    if (id === null) return 'nobody';
    if (agents === 'unseen') return 'unseen';
    return agents.find((agent) => agent.id === id)?.name ?? (answerer?.id === id ? stateOf(answerer.agent) : 'missing');
  };
  const others: ResolutionView['others'] = {};
  for (const { reason } of resolution.others) others[reason] = (others[reason] ?? 0) + 1;
  const shown = (route: Route) => ({ id: route.id, label: route.label, draft: route.id === draftId });
  const linkOf = (by: 'chat' | 'user', asked: boolean): ChainLink => {
    const { winner, losers } = resolution;
    const won = winner.by === by ? winner.route : null;
    const lost = losers.find(({ route }) => route.scope === by);
    const route = won ?? lost?.route ?? null;
    return {
      by,
      state: won ? 'reached' : lost ? lostState(lost.reason) : stateWithout(resolution, asked),
      route: route ? shown(route) : null,
      agent: route ? nameOf(route.agentId ?? instance.agentId) : null,
    };
  };
  const last: ChainLink = {
    by: 'default',
    state: resolution.winner.by === 'default' ? 'reached' : 'spared',
    route: null,
    agent: nameOf(instance.agentId),
  };
  return {
    instance: { id: instance.id, name: instance.name },
    chat: chatId === null ? null : { id: chatId, name: names.chat, elsewhere: names.chatElsewhere },
    person: personId === null ? null : { id: personId, name: names.person },
    links: [linkOf('chat', chatId !== null), linkOf('user', personId !== null), last],
    agent: answerer ? agentOf(answerer.id, answerer.agent) : null,
    provider: answerer ? providerOf(answerer.provider) : null,
    answers: resolution.answers,
    why: decisiveCaveat(resolution.caveats),
    caveats: resolution.caveats,
    losers: resolution.losers.map(({ route, reason }) => ({
      id: route.id,
      label: route.label,
      scope: route.scope,
      reason,
      priority: route.priority,
      agent: nameOf(route.agentId ?? instance.agentId),
    })),
    others,
    settings: resolution.settings.map(({ name, value, origin }) => ({ name, value: value as Json, origin })),
  };
}

function lostState(reason: LoserReason): LinkState {
  return reason === 'inactive' || reason === 'outranked' ? reason : 'unreachable';
}

/** How a link stands where nothing names the chat or the person. */
function stateWithout({ unreachable, winner }: Resolution, asked: boolean): LinkState {
  if (!asked) return 'not_asked';
  if (unreachable) return 'unreachable';
  return winner.by === 'chat' ? 'spared' : 'none';
}

const stateOf = (agent: Agent | 'missing' | 'unseen') => (typeof agent === 'object' ? agent.name : agent);

function agentOf(id: string, agent: Agent | 'missing' | 'unseen'): NonNullable<ResolutionView['agent']> {
  return { id, name: stateOf(agent), active: typeof agent === 'object' ? agent.isActive : null };
}

function providerOf(
  provider: NonNullable<Resolution['answerer']>['provider'],
): NonNullable<ResolutionView['provider']> {
  if (typeof provider !== 'object') return { id: null, name: provider, active: null };
  return { id: provider.id, name: provider.name, active: provider.isActive };
}
