import 'server-only';
import { matchersOf } from '#lib/access/rules/match.ts';
import { rulesNow } from '#lib/access/rules/read-access.ts';
import { accessRulesSnapshot, providerHealthSnapshot } from '#lib/omni/cache/snapshot.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { fanOut, orStopped, seenOfAnswer } from '#lib/omni/paging/fan-out.ts';
import { getPresence } from '#lib/omni/resources/persons.ts';
import { err, ok } from '#lib/omni/result.ts';
import type { ProviderHealth } from '#lib/omni/schemas/providers.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { mapSeen, readSeen, seenOf, seenOr, valueOf, type Seen } from '#lib/omni/seen.ts';
import { readNames, type TargetRef } from '#lib/routes/list/names.ts';
import type { RouteName } from '#lib/routes/list/route-name.ts';
import type { VerdictReader } from '#lib/routes/verdict/read-verdict.ts';
import type { Verdict } from '#lib/routes/verdict/verdict.ts';
import { chatOfName, handlesOf, homeOfChat, writerOf } from '#lib/routes/verdict/writer.ts';
import { allows } from '#lib/scopes/scopes.ts';
import type { Finding } from './health.ts';
import type { UnreadParts } from './health-line.ts';
import type { HealthRead } from './health-read.ts';
import { checkChats, checkPerson } from './health-targets.ts';
import { answererOfRoute, providersOf, verdictOfRoute, type Behind } from './health-verdict.ts';

const AT_ONCE = 4;

/**
 * What was found, who answers the unhealthy routes that are checked now, and how many chats and people are. `failed`: those that
 * could not be. `without`: what else could not be read, in the line that tells it.
 */
export type HealthProgress = {
  findings: Finding[];
  verdicts: Map<string, Verdict>;
  checked: number;
  total: number;
  failed: number;
  without?: UnreadParts;
};

/**
 * What the providers, chats and people behind the routes show. People are read one by one within the key's budget, and thousands
 * take minutes: `onProgress` gets what is found of each as it comes, and `signal` ends it.
 */
export async function checkBehind(
  omni: Omni,
  reader: VerdictReader,
  read: HealthRead,
  onProgress: (progress: HealthProgress) => void,
  signal: AbortSignal,
): Promise<void> {
  const { scopes } = reader;
  const { routes } = read.seen;
  const may = (scope: string) => allows(scopes, scope) !== 'no';
  const chats = routes.filter(({ scope }) => scope === 'chat');
  const persons = routes.filter(({ scope }) => scope === 'user');
  const asked = may('chats:read') ? chats : [];
  const unasked = may('persons:read') ? [] : persons;
  const total = chats.length + persons.length;
  const targets = asked.map(({ chatId, instanceId }): TargetRef => ({ scope: 'chat', id: chatId ?? '', instanceId }));
  const [names, rules, health] = await Promise.all([
    readNames(omni, scopes, targets, { signal }),
    readSeen(scopes, 'access:read', () => orStopped(accessRulesSnapshot(omni), signal)),
    providerHealth(omni, read, signal),
  ]);
  if (signal.aborted) return;
  const access = { rules, matchers: matchersOf(reader.capabilities.generation), now: await rulesNow(omni, rules) };
  const unhealthy = new Set(read.findings.map(({ routeId }) => routeId));
  const chatOf = ({ chatId }: Route): Seen<RouteName> =>
    may('chats:read') ? chatOfName(names.get(chatId ?? '')) : { is: 'forbidden', scope: 'chats:read' };
  const chatBehind = (chat: Seen<RouteName>): Pick<Behind, 'home' | 'contacts'> => ({
    home: homeOfChat(chat),
    contacts: writerOf(access, '', chat, null)?.contacts ?? null,
  });
  const judge = (route: Route, findings: readonly Finding[], behind: Pick<Behind, 'home' | 'contacts'>) => {
    const sources = read.sources.get(route.instanceId);
    if (!sources || !(unhealthy.has(route.id) || findings.length > 0)) return [];
    return [[route.id, verdictOfRoute(route, sources, { ...behind, access, health })] as const];
  };
  const silent = silentFindings(read, health);
  for (const { routeId } of silent) unhealthy.add(routeId);
  const ofChats = checkChats(asked, names, read.instances);
  const byRoute = Map.groupBy(ofChats, ({ routeId }) => routeId);
  // What the key may not read is done with, and not checked.
  let checked = chats.length + unasked.length;
  let failed = targets.filter(({ id }) => (names.get(id)?.state ?? 'failed') === 'failed').length;
  failed += chats.length - asked.length + unasked.length;
  const forbidden: Seen<never> = { is: 'forbidden', scope: 'persons:read' };
  onProgress({
    findings: [...silent, ...ofChats],
    verdicts: new Map([
      ...chats.flatMap((route) => judge(route, byRoute.get(route.id) ?? [], chatBehind(chatOf(route)))),
      ...unasked.flatMap((route) => judge(route, [], { home: valueOf(null), contacts: forbidden })),
    ]),
    checked,
    total,
    failed,
    ...([...health.values()].some(({ is }) => is === 'failed') ? { without: [...read.unread, 'provider-health'] } : {}),
  });
  const agentNames = new Map(seenOr(read.agents, []).map(({ id, name }) => [id, name]));
  const agentName = (id: string | null) => agentNames.get(id ?? '') ?? id?.slice(0, 8) ?? '';
  await fanOut(omni, unasked.length > 0 ? [] : persons, { concurrency: AT_ONCE, signal }, async (route, stop) => {
    const answer = await getPresence(omni, route.personId ?? '', stop);
    if (stop.aborted) return answer.ok ? ok(null) : err(answer.error);
    const gone = !answer.ok && answer.error.kind === 'not_found';
    checked += 1;
    if (!answer.ok && !gone) failed += 1;
    const home = read.sources.get(route.instanceId);
    const facts = {
      routes: home?.routes ?? routes,
      names,
      defaultAgent: home?.instance.agentId ?? null,
      agentName,
    };
    const findings = answer.ok || gone ? checkPerson(route, answer.ok ? answer.value.identities : null, facts) : [];
    const person = gone ? valueOf([]) : mapSeen(seenOf(answer), handlesOf);
    const contacts = writerOf(access, route.instanceId, null, person)?.contacts ?? null;
    const verdicts = new Map(judge(route, findings, { home: valueOf(null), contacts }));
    onProgress({ findings, verdicts, checked, total, failed });
    return answer.ok ? ok(null) : err(answer.error);
  });
}

/** Whether the providers that the routes lead to respond; Omni waits up to 5 s for each. */
async function providerHealth(
  omni: Omni,
  { sources }: HealthRead,
  signal: AbortSignal,
): Promise<Map<string, Seen<ProviderHealth>>> {
  const answers = await fanOut(omni, providersOf([...sources.values()]), { concurrency: AT_ONCE, signal }, (id, stop) =>
    orStopped(providerHealthSnapshot(omni, id), stop),
  );
  return new Map(answers.map((answer) => [answer.item, seenOfAnswer(answer)]));
}

function silentFindings(read: HealthRead, health: ReadonlyMap<string, Seen<ProviderHealth>>): Finding[] {
  return read.seen.routes.flatMap((route): Finding[] => {
    const home = read.sources.get(route.instanceId);
    const answerer = home && answererOfRoute(route, home);
    const seen = answerer && health.get(answerer.provider.id);
    if (!answerer || seen?.is !== 'value' || seen.value.healthy) return [];
    const values = { agent: answerer.agent, provider: answerer.provider.name };
    return [{ routeId: route.id, reason: 'provider-silent', values }];
  });
}
