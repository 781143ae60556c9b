import type { Reason, Verdict } from '#lib/routes/verdict/verdict.ts';
import type { ChainLink, ResolutionView } from './resolution-view.ts';

/**
 * How a message fares at one part on its way, in the order in which Omni asks. The decision fell at `decides`, the route or default
 * agent whose agent answers, or at the first `ends`, because of which nobody does. `applies`: this route or default agent is the one,
 * and a part behind it decides, or it can't be told; `unknown`: it can't be told here; `checking`: its answer is late; `skipped`: a
 * route that does not apply; `unreached`: the message does not come so far, or nothing is asked here.
 */
export type ChainState =
  | 'passes'
  | 'decides'
  | 'applies'
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

/**
 * The way of a message from the instance to the provider. The provider's health is known with the verdict. A message of another
 * instance's chat does not arrive here, so that the chat stands before the access rules where it ends there.
 */
export function chainOf({ links, reasons }: Facts, verdict: Verdict | 'checking'): ChainStep[] {
  const agentReason = reasons.agent;
  const noDefault = isOfRouting(agentReason) && links.some(({ by, state }) => by === 'default' && state === 'reached');
  const atAgent = agentReason !== null && !noDefault && !isOfProvider(agentReason);
  const answers = verdict !== 'checking' && verdict.is === 'answers';
  const access: Step =
    reasons.access === 'no-writer'
      ? { part: 'access', is: 'not-asked', reason: null, link: null }
      : step('access', reasons.access);
  const routing = links.map((link) => linkStep(link, reasons, answers));
  const elsewhere = routing.filter(({ part, is }) => part === 'chat' && is === 'ends');
  const steps: Step[] = [
    ...(reasons.instance ? [step('instance', reasons.instance)] : []),
    ...elsewhere,
    access,
    ...routing.filter((one) => !elsewhere.includes(one)),
    noDefault
      ? { part: 'agent', is: 'unreached', reason: null, link: null }
      : step('agent', atAgent ? agentReason : null),
    providerStep(agentReason, atAgent || noDefault, verdict),
  ];
  const end = steps.findIndex(({ is }) => is === 'ends');
  return steps.map((one, at) => {
    const broken = end >= 0 && at > end;
    return broken && ON_THE_WAY.has(one.is) ? { ...one, is: 'unreached', broken } : { ...one, broken };
  });
}

type Step = Omit<ChainStep, 'broken'>;

/** What can't be said of a part that the message does not come to. */
const ON_THE_WAY: ReadonlySet<ChainState> = new Set(['passes', 'applies', 'checking']);

function step(part: ChainStep['part'], reason: Reason | null): Step {
  return { part, is: reason === null ? 'passes' : reason.is === 'nobody' ? 'ends' : 'unknown', reason, link: null };
}

const STATES = {
  reached: 'applies',
  inactive: 'skipped',
  outranked: 'skipped',
  unreachable: 'skipped',
  none: 'none',
  not_asked: 'not-asked',
  spared: 'unreached',
} as const satisfies Record<ChainLink['state'], ChainState>;

function linkStep(link: ChainLink, { chat, agent }: Facts['reasons'], answers: boolean): Step {
  if (link.by === 'chat' && chat) return { ...step('chat', chat), link };
  const reached = link.state === 'reached';
  if (link.by === 'default' && reached && isOfRouting(agent)) return { ...step('default', agent), link };
  return { part: link.by, is: reached && answers ? 'decides' : STATES[link.state], reason: null, link };
}

function providerStep(reason: Reason | null, before: boolean, verdict: Verdict | 'checking'): Step {
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
