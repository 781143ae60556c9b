import 'server-only';
import { getInstance } from '#lib/omni/resources/instances.ts';
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
import { agentLabel, type AgentLabel } from '#lib/routes/resolve/resolution-view.ts';
import { judge, readVerdictSources, type VerdictReader } from '#lib/routes/verdict/read-verdict.ts';
import { verdictOf, type Verdict, type VerdictFacts } from '#lib/routes/verdict/verdict.ts';
import { chatOfName, handlesOf, homeOfChat, writerOf, type PersonHandles } from '#lib/routes/verdict/writer.ts';
import { allows } from '#lib/scopes/scopes.ts';
import type { SavedTest } from './saved-tests.ts';

/**
 * A saved test with its result. It passes where `ok` and fails where another agent answers (`other`) or nobody does (`silent`).
 * `unknown`: it can't be told.
 */
export type SavedTestResult = SavedTest & {
  instance: string;
  state: 'ok' | 'other' | 'silent' | 'unknown';
  expected: AgentLabel;
  got: AgentLabel;
  verdict: Verdict;
};

/** The routes of an instance, as far as they were read. */
export type RoutesOfInstance = { instance: Instance; routes: Seen<readonly Route[]> };

/** Who runs tests. `instances`: those the key is limited to; where it sees all, one that is not listed does not exist. */
type TestsReader = VerdictReader & { instances?: readonly string[] | 'all' | 'unknown' };

const AT_ONCE = 8;
const DEADLINE_MS = 10_000;

/** Runs every saved test of the instances given, which are all that the key sees, on routes read now; see `judgeSavedTests`. */
export async function runSavedTests(
  omni: Omni,
  reader: TestsReader,
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

/**
 * The same on routes that have been read already; what else decides is read within `deadlineMs`. A test of an instance that Omni does
 * not have any more is answered by nobody; one of an instance that the key may just not see is left out.
 */
export async function judgeSavedTests(
  omni: Omni,
  reader: TestsReader,
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
  const ids = [
    ...tests.map(({ agentId }) => agentId),
    ...asked.flatMap(({ instance, routes }) => [instance.agentId, ...seenOr(routes, []).map(({ agentId }) => agentId)]),
  ];
  const known = await namedAgents(omni, agents, ids);
  const seen = new Set(routesByInstance.map(({ instance }) => instance.id));
  const gone = await goneAmong(
    omni,
    reader,
    tests.map(({ instanceId }) => instanceId).filter((id) => !seen.has(id)),
  );
  const judged = await Promise.all(
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
      const inTime = await withinTime(deadlineMs, judge(omni, reader, facts));
      const verdict = inTime === 'late' ? verdictOf({ ...facts, health: LATE }) : inTime;
      return { ...test, instance: instance.name, expected: agentLabel(test.agentId, known), ...outcome(test, verdict) };
    }),
  );
  return [
    ...judged,
    ...tests
      .filter(({ instanceId }) => gone.has(instanceId))
      .map((test): SavedTestResult => {
        const instance = test.instanceId.slice(0, 8);
        return { ...test, instance, expected: agentLabel(test.agentId, known), ...outcome(test, INSTANCE_GONE) };
      }),
  ];
}

/** Those of the instances that Omni says it does not have, to a key that sees all: a list may lack one for another reason. */
async function goneAmong(omni: Omni, { instances }: TestsReader, ids: readonly string[]): Promise<Set<string>> {
  if (instances !== 'all') return new Set();
  const answers = await fanOut(omni, [...new Set(ids)], { concurrency: AT_ONCE, deadlineMs: DEADLINE_MS }, (id) =>
    getInstance(omni, id),
  );
  return new Set(
    answers.flatMap((answer) => (answer.state === 'failed' && answer.error.kind === 'not_found' ? [answer.item] : [])),
  );
}

const INSTANCE_GONE: Verdict = { is: 'nobody', why: 'instance-gone', agent: null };

/** Whether a verdict is what a test expects; where routing leads elsewhere it fails, whoever is behind that. */
function outcome({ agentId }: SavedTest, verdict: Verdict): Pick<SavedTestResult, 'state' | 'got' | 'verdict'> {
  if (verdict.is === 'answers')
    return { state: verdict.by.id === agentId ? 'ok' : 'other', got: { is: 'named', name: verdict.by.name }, verdict };
  if (verdict.is === 'nobody') return { state: agentId === null ? 'ok' : 'silent', got: { is: 'nobody' }, verdict };
  const elsewhere = agentId !== null && verdict.agent !== null && verdict.agent.id !== agentId;
  const name = verdict.agent?.name ?? null;
  const got: AgentLabel = name === null ? { is: 'not-seen', id: verdict.agent?.id ?? null } : { is: 'named', name };
  return { state: elsewhere ? 'other' : 'unknown', got, verdict };
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
