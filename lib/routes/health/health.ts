import type { Agent } from '#lib/omni/schemas/agents.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import type { Provider } from '#lib/omni/schemas/providers.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { valueOf, type Seen } from '#lib/omni/seen.ts';
import { resolve, type Question, type Resolution } from '#lib/routes/resolve/resolve.ts';

/** What is wrong with a route, gravest first. Some need the chats, people and providers behind the routes, asked one by one. */
export const REASONS = [
  'nobody',
  'agent-missing',
  'provider-missing',
  'provider-off',
  'provider-silent',
  'chat-elsewhere',
  'target-gone',
  'no-identity',
  'agent-off',
  'shadowed',
  'duplicate',
  'instance-off',
  'no-agent',
  'inactive',
  'changes-nothing',
  'same-settings',
] as const;

export type HealthReason = (typeof REASONS)[number];

/** How much a reason matters. `danger`: somebody gets no answer; `info`: everybody gets theirs. */
export function gravityOf(reason: HealthReason): 'danger' | 'warn' | 'info' {
  const rank = REASONS.indexOf(reason);
  if (rank <= REASONS.indexOf('no-identity')) return 'danger';
  return rank >= REASONS.indexOf('no-agent') ? 'info' : 'warn';
}

const BEHIND: ReadonlySet<HealthReason> = new Set([
  'provider-silent',
  'chat-elsewhere',
  'target-gone',
  'no-identity',
  'shadowed',
  'duplicate',
]);

/** Whether a reason is found only as the chats, people and providers behind the routes are checked. */
export function isFoundLate(reason: HealthReason): boolean {
  return BEHIND.has(reason);
}

/** `values` fill the sentence of the reason. */
export type Finding = { routeId: string; reason: HealthReason; values: Record<string, string | number> };

/** What the routes of an instance are checked with. */
export type HealthFacts = {
  instance: Instance;
  routes: readonly Route[];
  agents: Seen<readonly Agent[]>;
  providers: Seen<readonly Provider[]>;
  now: number;
};

/** How many routes have each reason, gravest first; reasons that no route has are left out. */
export function countReasons(findings: readonly Pick<Finding, 'reason'>[]): { reason: HealthReason; count: number }[] {
  const all = Map.groupBy(findings, ({ reason }) => reason);
  return REASONS.flatMap((reason) => {
    const count = all.get(reason)?.length ?? 0;
    return count > 0 ? [{ reason, count }] : [];
  });
}

const DAY_MS = 86_400_000;

/** What an instance's routes show by themselves: who would answer, through what, and whether the route makes a difference. */
export function checkRoutes(facts: HealthFacts): Finding[] {
  return facts.routes.flatMap((route) => {
    const finding = (reason: HealthReason, values: Finding['values'] = {}): Finding => ({
      routeId: route.id,
      reason,
      values,
    });
    return route.isActive ? checkActive(route, facts, finding) : checkInactive(route, facts.now, finding);
  });
}

type MakeFinding = (reason: HealthReason, values?: Finding['values']) => Finding;

/** An inactive route answers nobody, and its chat or person can't get another one here (contract §2). */
function checkInactive(route: Route, now: number, finding: MakeFinding): Finding[] {
  return [finding('inactive', { days: Math.max(0, Math.floor((now - Date.parse(route.updatedAt)) / DAY_MS)) })];
}

function checkActive(route: Route, facts: HealthFacts, finding: MakeFinding): Finding[] {
  const { instance, routes, agents, providers } = facts;
  const question = {
    instance,
    chatId: route.scope === 'chat' ? route.chatId : null,
    personId: route.scope === 'user' ? route.personId : null,
  };
  const answer = resolve(question, routes, agents, providers);
  if (answer.winner.by === 'default' || answer.winner.route.id !== route.id) return [];
  const rest = routes.filter((each) => each !== route);
  const without = resolve(question, rest, agents, providers);
  const same = answer.settings.filter(
    ({ origin, value }, index) =>
      origin === 'route' &&
      without.settings[index]?.origin === 'instance' &&
      alike(without.settings[index].value, value),
  ).length;
  const idle = [null, ...outranked(route, rest)].every((personId) =>
    alikeFor({ ...question, personId: personId ?? question.personId }, routes, rest),
  );
  return [
    ...answererFindings(answer, finding),
    ...(instance.isActive === false ? [finding('instance-off', { instance: instance.name })] : []),
    ...(route.agentId === null && !route.agentProviderId && answer.answerer
      ? [finding('no-agent', { agent: nameOf(answer) })]
      : []),
    ...(idle && answer.answerer ? [finding('changes-nothing', { agent: nameOf(answer) })] : []),
    ...(!idle && same > 0 ? [finding('same-settings', { count: same })] : []),
  ];
}

/** People with an active route of their own: should one of them take part in the chat, the chat's route answers them there. */
function outranked({ scope }: Route, rest: readonly Route[]): string[] {
  if (scope !== 'chat') return [];
  return rest.flatMap((each) => (each.scope === 'user' && each.isActive && each.personId ? [each.personId] : []));
}

/** Whether the same agent answers with the same settings, with a route and without it. */
function alikeFor(question: Question, all: readonly Route[], rest: readonly Route[]): boolean {
  const [one, other] = [all, rest].map((routes) => resolve(question, routes, valueOf([]), valueOf([])));
  if (!one || !other) return false;
  return (
    one.answerer?.id === other.answerer?.id &&
    one.settings.every(({ value }, index) => alike(value, other.settings[index]?.value))
  );
}

/** Omni asks an inactive agent all the same, and has nobody to ask behind an inactive provider (contract §2.1). */
function answererFindings(answer: Resolution, finding: MakeFinding): Finding[] {
  if (answer.answerer === null) return [finding('nobody')];
  const { id, agent: seen, provider } = answer.answerer;
  if (seen.is !== 'value' && seen.is !== 'absent') return [];
  // The older generation has no list of agents: its id is a name at the provider (contract §9).
  const agent = seen.is === 'value' ? seen.value : { name: id, isActive: true };
  if (!agent) return [finding('agent-missing', { id: id.slice(0, 8) })];
  const off = agent.isActive ? [] : [finding('agent-off', { agent: agent.name })];
  if (provider?.is !== 'value') return off;
  if (!provider.value) return [...off, finding('provider-missing', { agent: agent.name })];
  const { isActive, name } = provider.value;
  return isActive ? off : [...off, finding('provider-off', { agent: agent.name, provider: name })];
}

function nameOf({ answerer }: Resolution): string {
  if (answerer === null) return '';
  return (answerer.agent.is === 'value' && answerer.agent.value?.name) || answerer.id.slice(0, 8);
}

function alike(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
