import 'server-only';
import { getPresence } from '#lib/omni/resources/persons.ts';
import { fanOut, seenOfAnswer } from '#lib/omni/paging/fan-out.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { listRoutes } from '#lib/omni/resources/routes.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { LATE, mapSeen, seenOr, valueOf, type Seen } from '#lib/omni/seen.ts';
import { namedAgents } from '#lib/routes/list/named-agents.ts';
import { readNames } from '#lib/routes/list/names.ts';
import type { RouteName } from '#lib/routes/list/route-name.ts';
import { withinTime } from '#lib/omni/paging/within-time.ts';
import { agentLabel } from '#lib/routes/resolve/resolution-view.ts';
import { judge, readVerdictSources, type VerdictReader } from '#lib/routes/verdict/read-verdict.ts';
import { verdictOf, type Verdict, type VerdictFacts } from '#lib/routes/verdict/verdict.ts';
import { chatOfName, handlesOf, homeOfChat, writerOf, type PersonHandles } from '#lib/routes/verdict/writer.ts';
import { allows } from '#lib/scopes/scopes.ts';
import type { SavedTest } from './saved-tests.ts';

/**
 * A saved test with its result. It passes where `ok` and fails where another agent answers (`other`) or nobody does (`silent`).
 * `unknown`: it can't be told. Agents as `agentLabel` names them.
 */
export type SavedTestResult = SavedTest & {
  instance: string;
  state: 'ok' | 'other' | 'silent' | 'unknown';
  expected: string;
  got: string;
  verdict: Verdict;
};

/** The routes of an instance, as far as they were read. */
export type RoutesOfInstance = { instance: Instance; routes: Seen<readonly Route[]> };

const AT_ONCE = 8;
const DEADLINE_MS = 10_000;

/** Runs every saved test of the instances given, on routes read now. Tests of other instances are left out. */
export async function runSavedTests(
  omni: Omni,
  reader: VerdictReader,
  tests: readonly SavedTest[],
  instances: readonly Instance[],
): Promise<SavedTestResult[]> {
  const tested = instances.filter(({ id }) => tests.some((test) => test.instanceId === id));
  const answers = await fanOut(omni, tested, { concurrency: AT_ONCE, deadlineMs: DEADLINE_MS }, (instance, signal) =>
    listRoutes(omni, instance.id, signal),
  );
  const routesByInstance = answers.map((answer) => ({
    instance: answer.item,
    routes: seenOfAnswer(answer),
  }));
  return judgeSavedTests(omni, reader, tests, routesByInstance, { deadlineMs: DEADLINE_MS, fresh: true });
}

/** The same on routes that have been read already; what else decides is read within `deadlineMs`. */
export async function judgeSavedTests(
  omni: Omni,
  reader: VerdictReader,
  tests: readonly SavedTest[],
  routesByInstance: readonly RoutesOfInstance[],
  { deadlineMs, fresh }: { deadlineMs: number; fresh?: boolean },
): Promise<SavedTestResult[]> {
  const asked = routesByInstance.flatMap(({ instance, routes }) =>
    tests.filter(({ instanceId }) => instanceId === instance.id).map((test) => ({ test, instance, routes })),
  );
  const [{ agents, providers, access }, chats, people] = await Promise.all([
    readVerdictSources(omni, reader, { fresh }),
    chatsOf(omni, reader, asked, deadlineMs),
    peopleOf(omni, reader, asked, deadlineMs),
  ]);
  const ids = asked.flatMap(({ test, instance, routes }) => [
    test.agentId,
    instance.agentId,
    ...seenOr(routes, []).map(({ agentId }) => agentId),
  ]);
  const known = await namedAgents(omni, agents, ids);
  return Promise.all(
    asked.map(async ({ test, instance, routes }): Promise<SavedTestResult> => {
      const { chatId, personId } = test;
      const chat = chatId === null ? null : (chats.get(chatId) ?? LATE);
      const person = personId === null ? null : (people.get(personId) ?? LATE);
      const facts: VerdictFacts = {
        instanceId: instance.id,
        instance: valueOf(instance),
        routes,
        agents: known,
        providers,
        chatId: valueOf(chatId),
        ...(chat ? { chatHome: homeOfChat(chat) } : {}),
        personId,
        writer: writerOf(access, instance.id, chat, person),
      };
      const judged = await withinTime(deadlineMs, judge(omni, reader, facts));
      const verdict = judged === 'late' ? verdictOf({ ...facts, health: LATE }) : judged;
      return { ...test, instance: instance.name, expected: agentLabel(test.agentId, known), ...outcome(test, verdict) };
    }),
  );
}

/** Whether a verdict is what a test expects; where routing leads elsewhere it fails, whoever is behind that. */
function outcome({ agentId }: SavedTest, verdict: Verdict): Pick<SavedTestResult, 'state' | 'got' | 'verdict'> {
  if (verdict.is === 'answers') {
    return { state: verdict.by.id === agentId ? 'ok' : 'other', got: verdict.by.name, verdict };
  }
  if (verdict.is === 'nobody') return { state: agentId === null ? 'ok' : 'silent', got: 'nobody', verdict };
  const elsewhere = agentId !== null && verdict.agent !== null && verdict.agent.id !== agentId;
  return { state: elsewhere ? 'other' : 'unknown', got: verdict.agent?.name ?? 'not-seen', verdict };
}

type Asked = { test: SavedTest; instance: Instance; routes: Seen<readonly Route[]> };

/** The tests' chats, by their ids. */
async function chatsOf(
  omni: Omni,
  { scopes }: VerdictReader,
  asked: readonly Asked[],
  deadlineMs: number,
): Promise<Map<string, Seen<RouteName>>> {
  const chats = asked.flatMap(({ test: { chatId: id, instanceId } }) =>
    id === null ? [] : [{ scope: 'chat' as const, id, instanceId }],
  );
  if (allows(scopes, 'chats:read') === 'no')
    return new Map(chats.map(({ id }) => [id, { is: 'forbidden', scope: 'chats:read' } as const]));
  const names = await readNames(omni, scopes, chats, { deadlineMs });
  return new Map([...names].map(([id, name]) => [id, chatOfName(name)]));
}

/** The identities of the tests' people, by person; who is gone has none. */
async function peopleOf(
  omni: Omni,
  { scopes }: VerdictReader,
  asked: readonly Asked[],
  deadlineMs: number,
): Promise<Map<string, Seen<PersonHandles>>> {
  const ids = [...new Set(asked.flatMap(({ test: { personId } }) => personId ?? []))];
  if (allows(scopes, 'persons:read') === 'no')
    return new Map(ids.map((id) => [id, { is: 'forbidden', scope: 'persons:read' } as const]));
  const answers = await fanOut(omni, ids, { concurrency: AT_ONCE, deadlineMs }, (id, signal) =>
    getPresence(omni, id, signal),
  );
  return new Map(
    answers.map((answer): [string, Seen<PersonHandles>] => {
      if (answer.state === 'failed' && answer.error.kind === 'not_found') return [answer.item, valueOf([])];
      return [answer.item, mapSeen(seenOfAnswer(answer), handlesOf)];
    }),
  );
}
