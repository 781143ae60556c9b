import { decideAccess, type AccessDecision } from '#lib/access/rules/decide.ts';
import type { HandleMatcher } from '#lib/access/rules/match.ts';
import type { AccessRule } from '#lib/omni/schemas/access.ts';
import type { Agent } from '#lib/omni/schemas/agents.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import type { Provider, ProviderHealth } from '#lib/omni/schemas/providers.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { seenOr, valueOf, type NotSeen, type Seen } from '#lib/omni/seen.ts';
import { resolve, type Answerer, type Resolution } from '#lib/routes/resolve/resolve.ts';

/** What a part is called that the verdict needs and that was not seen. */
export type VerdictPart =
  | 'instance'
  | 'routes'
  | 'agents'
  | 'providers'
  | 'provider-health'
  | 'chat'
  | 'identities'
  | 'access-rules';

/** Why it is sure that nobody answers, the first that applies. `provider-silent`: it does not answer Omni now. */
export const NOBODY_REASONS = [
  'instance-gone',
  'chat-gone',
  'chat-elsewhere',
  'blocked',
  'not-on-allowlist',
  'no-agent',
  'agent-missing',
  'provider-missing',
  'provider-inactive',
  'provider-silent',
] as const;

/** Why it can't be told whether anybody answers, besides what was not seen. `access-…` are those of `AccessDecision`. */
const UNKNOWN_REASONS = [
  'access-pattern',
  'access-order',
  'access-form',
  'access-lid',
  'access-mode',
  'identities-differ',
  'no-identity',
  'no-provider',
  'instance-inactive',
] as const;

export type NobodyReason = (typeof NOBODY_REASONS)[number];
export type UnknownReason = (typeof UNKNOWN_REASONS)[number];

/** The agent that routing leads to, whether it answers or not. `name` null: it was not seen, or does not exist. */
export type RoutedAgent = { id: string; name: string | null };

/** Who answers; where nobody does or it can't be told, why, and the agent that routing leads to, null where that is none. */
export type Verdict =
  | { is: 'answers'; by: { id: string; name: string } }
  | { is: 'nobody'; why: NobodyReason; agent: RoutedAgent | null }
  | { is: 'unknown'; why: UnknownReason; agent: RoutedAgent | null }
  | { is: 'unknown'; why: 'not-seen'; part: VerdictPart; seen: NotSeen; agent: RoutedAgent | null };

/** How a person is called on an instance. `phone`: the person's own, in digits; for a WhatsApp LID. */
export type Contact = { handle: string; phone: string | null };

/** The access rules as they are read for a verdict. `now`: milliseconds since 1970. */
export type AccessSeen = { rules: Seen<readonly AccessRule[]>; matchers: readonly HandleMatcher[]; now: number };

/** Whoever writes: their identities on the instance, and the rules that may keep them out. */
export type Writer = AccessSeen & { contacts: Seen<readonly Contact[]> };

/**
 * Everything that decides who answers. `chatId`: null where no chat is asked about. `chatHome`: the instance the chat belongs to,
 * null where Omni does not say, `gone` where there is no such chat. `writer`: null where nobody in particular writes. `health`:
 * of the answering agent's provider; null where it was not asked for.
 */
export type VerdictFacts = {
  instanceId: string;
  instance: Seen<Instance>;
  routes: Seen<readonly Route[]>;
  agents: Seen<readonly Agent[]>;
  providers: Seen<readonly Provider[]>;
  health?: Seen<ProviderHealth> | null;
  chatId: Seen<string | null>;
  chatHome?: Seen<string | null | 'gone'>;
  personId: string | null;
  writer: Writer | null;
};

/** Why nobody answers, or why it can't be told. */
export type Reason = Exclude<Verdict, { is: 'answers' }>;

/**
 * What speaks against an answer, by the part it is about; null where nothing does. `no-writer`: nobody in
 * particular was asked about.
 */
export type PartReasons = {
  instance: Reason | null;
  access: Reason | null | 'no-writer';
  chat: Reason | null;
  agent: Reason | null;
};

/**
 * Who answers now: routing, access rules, agent, provider and the chat's instance together. What is sure decides before what
 * is not seen: a blocked person is answered by nobody, whatever else could not be read. Total.
 */
export function verdictOf(facts: VerdictFacts): Verdict {
  const resolution = resolutionOf(facts);
  const answerer = resolution.is === 'found' ? resolution.value.answerer : null;
  const agent = answerer && { id: answerer.id, name: nameOf(answerer) };
  const inactive = facts.instance.is === 'value' && facts.instance.value.isActive === false;
  const reasons = [
    ...accessReasons(facts),
    ...chatReasons(facts),
    ...(resolution.is === 'found' ? agentReasons(resolution.value, facts) : [resolution.reason]),
    ...(inactive ? [unknown('instance-inactive')] : []),
  ];
  const [sure] = reasons
    .flatMap((reason) => (reason.is === 'nobody' ? [reason] : []))
    .toSorted((one, other) => NOBODY_REASONS.indexOf(one.why) - NOBODY_REASONS.indexOf(other.why));
  const decisive = sure ?? reasons[0];
  if (decisive) return { ...decisive, agent };
  return { is: 'answers', by: { id: agent?.id ?? '', name: agent?.name ?? agent?.id ?? '' } };
}

/** What of the parts of a verdict speaks against an answer: for a picture of how a message goes. */
export function partReasons(facts: VerdictFacts): PartReasons {
  const resolution = resolutionOf(facts);
  const inactive = facts.instance.is === 'value' && facts.instance.value.isActive === false;
  return {
    instance: inactive ? unknown('instance-inactive') : null,
    access: facts.writer === null ? 'no-writer' : (accessReasons(facts)[0] ?? null),
    chat: chatReasons(facts)[0] ?? null,
    agent: resolution.is === 'found' ? (agentReasons(resolution.value, facts)[0] ?? null) : resolution.reason,
  };
}

/** What does not decide and is worth saying: Omni asks an inactive agent all the same, and "default" where it has no id. */
export function notesOf({ answerer }: Resolution): ('agent-inactive' | 'asks-default')[] {
  const agent = answerer?.agent.is === 'value' ? answerer.agent.value : null;
  if (!agent) return [];
  const asksDefault = agent.agentProviderId && !agent.metadata?.providerAgentId && !agent.configPath;
  return [
    ...(agent.isActive ? [] : (['agent-inactive'] as const)),
    ...(asksDefault ? (['asks-default'] as const) : []),
  ];
}

/** The name of an answering agent: the older generation's id is its name at the provider; null where it has none or was not seen. */
function nameOf(answerer: Answerer): string | null {
  if (answerer === null) return null;
  if (answerer.agent.is === 'absent') return answerer.id;
  return answerer.agent.is === 'value' ? (answerer.agent.value?.name ?? null) : null;
}

const nobody = (why: NobodyReason): Reason => ({ is: 'nobody', why, agent: null });
const unknown = (why: UnknownReason): Reason => ({ is: 'unknown', why, agent: null });
const notSeen = (part: VerdictPart, seen: NotSeen): Reason => ({
  is: 'unknown',
  why: 'not-seen',
  part,
  seen,
  agent: null,
});

type Found = { is: 'found'; value: Resolution } | { is: 'not-found'; reason: Reason };

/** Without the chat it can still be told who answers where no chat route is active; without the instance, where a route names its agent. */
function resolutionOf(facts: VerdictFacts): Found {
  const { instanceId, instance, routes, agents, providers, chatId, personId } = facts;
  if (routes.is !== 'value') return { is: 'not-found', reason: notSeen('routes', routes) };
  const here = routes.value.filter((route) => route.instanceId === instanceId);
  if (chatId.is !== 'value' && here.some(({ scope, isActive }) => scope === 'chat' && isActive))
    return { is: 'not-found', reason: notSeen('chat', chatId) };
  const found = resolve(
    { instance: seenOr(instance, bareInstance(instanceId)), chatId: seenOr(chatId, null), personId },
    here,
    agents,
    providers,
  );
  if (instance.is !== 'value' && found.agentFrom !== 'route')
    return { is: 'not-found', reason: notSeen('instance', instance) };
  return { is: 'found', value: found };
}

/** The provider that decides whether anybody answers, where all else says so; its health is then worth asking for. */
export function decidingProvider(facts: VerdictFacts): string | null {
  if (verdictOf({ ...facts, health: null }).is !== 'answers') return null;
  const resolution = resolutionOf(facts);
  const provider = resolution.is === 'found' ? resolution.value.answerer?.provider : undefined;
  return (provider?.is === 'value' && provider.value?.id) || null;
}

/** Stands for an instance that was not seen: nothing is known of it but its id. */
function bareInstance(id: string): Instance {
  return { id, agentId: null } as Instance;
}

function agentReasons({ answerer }: Resolution, { health }: VerdictFacts): Reason[] {
  if (answerer === null) return [nobody('no-agent')];
  const { agent, provider } = answerer;
  if (agent.is !== 'value' && (agent.is !== 'absent' || provider?.is === 'absent')) return [notSeen('agents', agent)];
  if (agent.is === 'value' && agent.value === null) return [nobody('agent-missing')];
  if (provider === undefined) return [unknown('no-provider')];
  if (provider.is !== 'value') return [notSeen('providers', provider)];
  if (provider.value === null) return [nobody('provider-missing')];
  if (!provider.value.isActive) return [nobody('provider-inactive')];
  if (!health) return [];
  if (health.is !== 'value') return [notSeen('provider-health', health)];
  return health.value.healthy ? [] : [nobody('provider-silent')];
}

/** No message of another instance's chat arrives here, so that no route of it answers (contract §2). */
function chatReasons({ chatId, chatHome = valueOf(null), instanceId }: VerdictFacts): Reason[] {
  if (chatId.is === 'value' && chatId.value === null) return [];
  if (chatHome.is !== 'value') return [notSeen('chat', chatHome)];
  if (chatHome.value === 'gone') return [nobody('chat-gone')];
  return chatHome.value !== null && chatHome.value !== instanceId ? [nobody('chat-elsewhere')] : [];
}

function accessReasons(facts: VerdictFacts): Reason[] {
  const { writer, instance } = facts;
  if (writer === null) return [];
  const { contacts } = writer;
  if (instance.is !== 'value') return [notSeen('instance', instance)];
  if (instance.value.accessMode === 'disabled') return [];
  if (contacts.is !== 'value') return [notSeen('identities', contacts)];
  const [first] = contacts.value;
  if (!first) return [unknown('no-identity')];
  const decisions = contacts.value.map((contact) => accessOf(instance.value, writer, contact));
  const reasons = decisions.map((decision) =>
    decision.is === 'not-seen' ? notSeen('access-rules', decision.seen) : accessReason(decision),
  );
  const [one] = reasons;
  if (reasons.every((reason) => reason?.is === one?.is)) return one ? [one] : [];
  return [reasons.find((reason) => reason?.is === 'unknown') ?? unknown('identities-differ')];
}

/** What access control decides on a contact of an instance, or why that was not seen. */
export function accessOf(
  instance: Pick<Instance, 'id' | 'accessMode'>,
  { rules, matchers, now }: AccessSeen,
  { handle, phone }: Contact,
): AccessDecision | { is: 'not-seen'; seen: NotSeen } {
  if (instance.accessMode === 'disabled') return { is: 'allowed', by: null };
  if (rules.is !== 'value') return { is: 'not-seen', seen: rules };
  const facts = { instanceId: instance.id, mode: instance.accessMode, rules: rules.value, matchers, now };
  return decideAccess(facts, handle, phone);
}

function accessReason(decision: AccessDecision): Reason | null {
  if (decision.is === 'allowed') return null;
  if (decision.is === 'unknown') return unknown(`access-${decision.why}`);
  return nobody(decision.by === null ? 'not-on-allowlist' : 'blocked');
}
