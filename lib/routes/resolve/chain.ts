import type { Reason, Verdict } from '#lib/routes/verdict/verdict.ts';
import type { ChainLink, ResolutionView } from './resolution-view.ts';

/**
 * How a message fares at one part on its way, in the order in which Omni asks. `ends`: nobody answers because of it; `unknown`: it
 * can't be told; `checking`: its answer is late; `decides`: this route or default agent is the one; `skipped`: a route that does not
 * decide; `unreached`: the message does not come so far, or it decides nothing here.
 */
export type ChainState =
  | 'passes'
  | 'decides'
  | 'ends'
  | 'unknown'
  | 'checking'
  | 'skipped'
  | 'none'
  | 'not-asked'
  | 'unreached';

export type ChainStep = {
  part: 'instance' | 'access' | 'chat' | 'user' | 'default' | 'agent' | 'provider';
  is: ChainState;
  /** Why it ends here or can't be told. */
  reason: Reason | null;
  link: ChainLink | null;
  /** The message does not come here: it ended before. */
  broken: boolean;
};

type Facts = Pick<ResolutionView, 'links' | 'reasons'>;

/** The way of a message from the instance to the provider. The provider's health is known with the verdict. */
export function chainOf({ links, reasons }: Facts, verdict: Verdict | 'checking'): ChainStep[] {
  const agentReason = reasons.agent;
  const noDefault = isOfRouting(agentReason) && links.some(({ by, state }) => by === 'default' && state === 'reached');
  const atAgent = agentReason !== null && !noDefault && !isOfProvider(agentReason);
  const steps: Omit<ChainStep, 'broken'>[] = [
    ...(reasons.instance ? [step('instance', reasons.instance)] : []),
    reasons.access === 'no-writer'
      ? { part: 'access', is: 'not-asked', reason: null, link: null }
      : step('access', reasons.access),
    ...links.map((link) => linkStep(link, reasons)),
    noDefault
      ? { part: 'agent', is: 'unreached', reason: null, link: null }
      : step('agent', atAgent ? agentReason : null),
    providerStep(agentReason, atAgent || noDefault, verdict),
  ];
  const end = steps.findIndex(({ is }) => is === 'ends');
  return steps.map((one, at) => {
    const broken = end >= 0 && at > end;
    return broken && (one.is === 'passes' || one.is === 'checking')
      ? { ...one, is: 'unreached', broken }
      : { ...one, broken };
  });
}

function step(part: ChainStep['part'], reason: Reason | null): Omit<ChainStep, 'broken'> {
  return { part, is: reason === null ? 'passes' : reason.is === 'nobody' ? 'ends' : 'unknown', reason, link: null };
}

const STATES = {
  reached: 'decides',
  inactive: 'skipped',
  outranked: 'skipped',
  unreachable: 'skipped',
  none: 'none',
  not_asked: 'not-asked',
  spared: 'unreached',
} as const satisfies Record<ChainLink['state'], ChainState>;

function linkStep(link: ChainLink, { chat, agent }: Facts['reasons']): Omit<ChainStep, 'broken'> {
  if (link.by === 'chat' && chat) return { ...step('chat', chat), link };
  const ends = link.by === 'default' && link.state === 'reached' && isOfRouting(agent);
  return ends ? { ...step('default', agent), link } : { part: link.by, is: STATES[link.state], reason: null, link };
}

function providerStep(
  reason: Reason | null,
  before: boolean,
  verdict: Verdict | 'checking',
): Omit<ChainStep, 'broken'> {
  const unreached = { part: 'provider', is: 'unreached', reason: null, link: null } as const;
  if (before) return unreached;
  if (reason) return step('provider', reason);
  if (verdict === 'checking') return { ...unreached, is: 'checking' };
  if (verdict.is === 'answers') return { ...unreached, is: 'passes' };
  return isOfProvider(verdict) ? step('provider', verdict) : unreached;
}

/** Whether a reason is about the provider, and not about the agent before it. */
function isOfProvider(reason: Reason): boolean {
  if (reason.why === 'not-seen') return reason.part === 'providers' || reason.part === 'provider-health';
  return /^(no-)?provider/.test(reason.why);
}

/** Whether a reason is that routing leads to no agent, or could not be followed. */
function isOfRouting(reason: Reason | null): reason is Reason {
  if (reason === null) return false;
  if (reason.why === 'not-seen') return ['routes', 'chat', 'instance'].includes(reason.part);
  return reason.why === 'no-agent';
}
