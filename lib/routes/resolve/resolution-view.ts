import { AGENTS_LIMIT } from '#lib/omni/limits.ts';
import type { Agent } from '#lib/omni/schemas/agents.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { asJson, type Json } from '#lib/operations/plan/define.ts';
import type { Override } from '#lib/routes/editor/overrides.ts';
import { mapSeen, type Seen } from '#lib/omni/seen.ts';
import { notesOf, type PartReasons, type Verdict } from '#lib/routes/verdict/verdict.ts';
import { visibleName } from '#lib/text/visible.ts';
import type { LoserReason, Origin, Question, Resolution } from './resolve.ts';

/**
 * How far the search got at one link of the chain. `reached` is the winner; `inactive`, `outranked`, `unreachable`: the route does not answer;
 * `none`: there is none; `not_asked`: no chat or person was asked about; `spared`: the default agent, where a route before it answers.
 */
export type LinkState = 'reached' | 'inactive' | 'outranked' | 'unreachable' | 'none' | 'not_asked' | 'spared';

/** An agent by its name, or that there is none: `nobody`, `missing` (no agent has the id) or `not-seen`. A name may be any of these words. */
export type AgentLabel =
  | { is: 'named'; name: string }
  | { is: 'nobody' | 'missing' }
  | { is: 'not-seen'; id: string | null };

/** One link: the chat's route, the person's, the instance's own agent. `agent`: null where there is no route. */
export type ChainLink = {
  by: 'chat' | 'user' | 'default';
  state: LinkState;
  route: { id: string; label: string | null; priority: number; draft: boolean } | null;
  agent: AgentLabel | null;
};

/** A resolution as the browser gets it, with names instead of rows, and its verdict; `waits`: the provider's health is still asked for. */
export type ResolutionView = {
  instance: { id: string; name: string };
  chat: { id: string; name: string | null } | null;
  person: { id: string; name: string | null } | null;
  links: ChainLink[];
  agent: { id: string; name: AgentLabel } | null;
  verdict: Verdict;
  waits: boolean;
  /** What of the parts speaks against an answer, before the provider's health is known. */
  reasons: PartReasons;
  accessMode: string | null;
  /** The name of the answering agent's provider, where it has one and it was seen. */
  provider: string | null;
  notes: ReturnType<typeof notesOf>;
  settings: { name: Override; value: Json; origin: Origin }[];
};

/** Names of what was asked about. */
export type QuestionNames = { chat: string | null; person: string | null };

/** What an agent is called among those that were read. The older generation's id is its name at the provider. */
export function agentLabel(id: string | null, agents: Seen<readonly Agent[]>): AgentLabel {
  if (id === null) return { is: 'nobody' };
  if (agents.is === 'absent') return { is: 'named', name: id };
  const name = mapSeen(agents, (all) => all.find((agent) => agent.id === id)?.name ?? null);
  if (name.is === 'value' && name.value !== null) return { is: 'named', name: name.value };
  return agents.is === 'value' && agents.value.length < AGENTS_LIMIT ? { is: 'missing' } : { is: 'not-seen', id };
}

/** The id of a route that is not saved yet. */
export const DRAFT_ID = 'draft';

/** Cuts a resolution down to what is shown. */
export function viewOfResolution(
  question: Question,
  resolution: Resolution,
  agents: Seen<readonly Agent[]>,
  names: QuestionNames,
  { verdict, waits, reasons }: Pick<ResolutionView, 'verdict' | 'waits' | 'reasons'>,
  draftId: string | null = null,
): ResolutionView {
  const { instance, chatId, personId } = question;
  const { answerer } = resolution;
  const nameOf = (id: string | null) => agentLabel(id, agents);
  const shown = ({ id, label, priority }: Route) => ({
    id,
    label: visibleName(label),
    priority,
    draft: id === draftId,
  });
  const linkOf = (by: 'chat' | 'user', asked: boolean): ChainLink => {
    const { winner, losers } = resolution;
    const won = winner.by === by ? winner.route : null;
    const lost = losers.find(({ route }) => route.scope === by);
    const route = won ?? lost?.route ?? null;
    return {
      by,
      state: won
        ? 'reached'
        : lost
          ? lostState(lost.reason)
          : asked
            ? resolution.unreachable
              ? 'unreachable'
              : 'none'
            : 'not_asked',
      route: route ? shown(route) : null,
      agent: route ? nameOf(route.agentId ?? instance.agentId) : null,
    };
  };
  const last: ChainLink = {
    by: 'default',
    state: resolution.winner.by === 'default' ? 'reached' : instance.agentId ? 'spared' : 'none',
    route: null,
    agent: nameOf(instance.agentId),
  };
  return {
    instance: { id: instance.id, name: instance.name },
    chat: chatId === null ? null : { id: chatId, name: names.chat },
    person: personId === null ? null : { id: personId, name: names.person },
    links: [linkOf('chat', chatId !== null), linkOf('user', personId !== null), last],
    agent: answerer ? { id: answerer.id, name: nameOf(answerer.id) } : null,
    verdict,
    waits,
    reasons,
    accessMode: instance.accessMode,
    provider: answerer?.provider?.is === 'value' ? (answerer.provider.value?.name ?? null) : null,
    notes: notesOf(resolution),
    settings: resolution.settings.map(({ name, value, origin }) => ({ name, value: asJson(value), origin })),
  };
}

function lostState(reason: LoserReason): LinkState {
  return reason === 'inactive' || reason === 'outranked' ? reason : 'unreachable';
}
