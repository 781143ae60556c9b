import type { Agent } from '#lib/omni/schemas/agents.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import type { Provider } from '#lib/omni/schemas/providers.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { resolve, type Question, type Resolution } from '#lib/routes/resolve/resolve.ts';

/** What is wrong with a route, gravest first. The last five need a look at chats and people, one by one. */
export const REASONS = [
  'nobody',
  'agent-missing',
  'provider-missing',
  'provider-off',
  'chat-elsewhere',
  'target-gone',
  'no-identity',
  'agent-off',
  'shadowed',
  'duplicate',
  'instance-off',
  'no-agent',
  'off-blocks',
  'changes-nothing',
  'same-settings',
] as const;

export type Reason = (typeof REASONS)[number];

/** How much a reason matters: `danger` somebody gets no answer, `info` nothing is lost. */
export function gravityOf(reason: Reason): 'danger' | 'warn' | 'info' {
  const place = REASONS.indexOf(reason);
  if (place <= REASONS.indexOf('no-identity')) return 'danger';
  return place >= REASONS.indexOf('no-agent') ? 'info' : 'warn';
}

/** `values` fill the sentence of the reason. */
export type Finding = { routeId: string; reason: Reason; values: Record<string, string | number> };

/** Providers by id; `unseen`: the key may not read them. */
export type Checkup = {
  instance: Instance;
  routes: readonly Route[];
  agents: readonly Agent[] | 'unseen';
  providers: ReadonlyMap<string, Provider> | 'unseen';
  now: number;
};

/** How many routes have each reason, gravest first; reasons nothing has are left out. */
export function countReasons(findings: readonly Pick<Finding, 'reason'>[]): { reason: Reason; count: number }[] {
  const all = Map.groupBy(findings, ({ reason }) => reason);
  return REASONS.flatMap((reason) => {
    const count = all.get(reason)?.length ?? 0;
    return count > 0 ? [{ reason, count }] : [];
  });
}

const DAY_MS = 86_400_000;

/** What an instance's routes show by themselves: who would answer, through what, and whether the route makes a difference. */
export function checkRoutes(checkup: Checkup): Finding[] {
  return checkup.routes.flatMap((route) => {
    const say = (reason: Reason, values: Finding['values'] = {}): Finding => ({ routeId: route.id, reason, values });
    return route.isActive ? checkActive(route, checkup, say) : checkInactive(route, checkup.now, say);
  });
}

type Say = (reason: Reason, values?: Finding['values']) => Finding;

/** An inactive route answers nobody and still blocks a new one for the same chat or person (contract §2). */
function checkInactive(route: Route, now: number, say: Say): Finding[] {
  return [say('off-blocks', { days: Math.max(0, Math.floor((now - Date.parse(route.updatedAt)) / DAY_MS)) })];
}

function checkActive(route: Route, checkup: Checkup, say: Say): Finding[] {
  const { instance, routes, agents } = checkup;
  const question = {
    instance,
    chatId: route.scope === 'chat' ? route.chatId : null,
    personId: route.scope === 'user' ? route.personId : null,
  };
  const answer = resolve(question, routes, agents);
  if (answer.winner.by === 'default' || answer.winner.route.id !== route.id) return [];
  const rest = routes.filter((each) => each !== route);
  const without = resolve(question, rest, agents);
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
    ...whoAnswers(answer, checkup, say),
    ...(instance.isActive === false ? [say('instance-off', { instance: instance.name })] : []),
    ...(route.agentId === null && !route.agentProviderId && answer.answerer
      ? [say('no-agent', { agent: nameOf(answer) })]
      : []),
    ...(idle && answer.answerer ? [say('changes-nothing', { agent: nameOf(answer) })] : []),
    ...(!idle && same > 0 ? [say('same-settings', { count: same })] : []),
  ];
}

/** People with an active route of their own: should one of them take part in the chat, the chat's route answers them there. */
function outranked({ scope }: Route, rest: readonly Route[]): string[] {
  if (scope !== 'chat') return [];
  return rest.flatMap((each) => (each.scope === 'user' && each.isActive && each.personId ? [each.personId] : []));
}

/** Whether the same agent answers with the same settings, with a route and without it. */
function alikeFor(question: Question, all: readonly Route[], rest: readonly Route[]): boolean {
  const [one, other] = [resolve(question, all, 'unseen'), resolve(question, rest, 'unseen')];
  return (
    one.answerer?.id === other.answerer?.id &&
    one.settings.every(({ value }, index) => alike(value, other.settings[index]?.value))
  );
}

/** An inactive agent is asked all the same; an inactive provider is none (contract §2.1). */
function whoAnswers(answer: Resolution, { providers }: Checkup, say: Say): Finding[] {
  if (answer.answerer === null) return [say('nobody')];
  const { id, agent } = answer.answerer;
  if (agent === 'unseen') return [];
  if (agent === 'missing') return [say('agent-missing', { id: id.slice(0, 8) })];
  const off = agent.isActive ? [] : [say('agent-off', { agent: agent.name })];
  if (providers === 'unseen' || agent.agentProviderId === null) return off;
  const provider = providers.get(agent.agentProviderId);
  if (!provider) return [...off, say('provider-missing', { agent: agent.name })];
  return provider.isActive ? off : [...off, say('provider-off', { agent: agent.name, provider: provider.name })];
}

function nameOf({ answerer }: Resolution): string {
  if (answerer === null) return '';
  return typeof answerer.agent === 'object' ? answerer.agent.name : answerer.id.slice(0, 8);
}

function alike(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
