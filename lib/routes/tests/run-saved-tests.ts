import 'server-only';
import { listAgents } from '#lib/omni/resources/agents.ts';
import { fanOut } from '#lib/omni/paging/fan-out.ts';
import { AGENTS_LIMIT } from '#lib/omni/limits.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { listProviders } from '#lib/omni/resources/providers.ts';
import { listRoutes } from '#lib/omni/resources/routes.ts';
import type { Agent } from '#lib/omni/schemas/agents.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import type { Provider } from '#lib/omni/schemas/providers.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { agentText } from '#lib/routes/verdict/successor.ts';
import type { SavedTest } from './saved-tests.ts';
import { resolve } from '#lib/routes/resolve/resolve.ts';

/**
 * A saved test with its result. It passes where `ok` and fails where another agent answers (`other`) or the expected one
 * can't (`silent`: its provider is inactive, say). `unknown`: the routes of its instance could not be read. Agents by name, or
 * `nobody`, `missing`, `unseen`.
 */
export type SavedTestResult = SavedTest & {
  instance: string;
  state: 'ok' | 'other' | 'silent' | 'unknown';
  by: 'chat' | 'user' | 'default' | null;
  expected: string;
  got: string | null;
};

const AT_ONCE = 8;
const DEADLINE_MS = 10_000;

/** Runs every saved test of the instances given, on routes read now. Tests of other instances are left out. */
export async function runSavedTests(
  omni: Omni,
  tests: readonly SavedTest[],
  instances: readonly Instance[],
): Promise<SavedTestResult[]> {
  const tested = instances.filter(({ id }) => tests.some((test) => test.instanceId === id));
  const [agents, providers, routes] = await Promise.all([
    listAgents(omni),
    listProviders(omni),
    fanOut(omni, tested, { concurrency: AT_ONCE, deadlineMs: DEADLINE_MS }, (instance, signal) =>
      listRoutes(omni, instance.id, signal),
    ),
  ]);
  const routesByInstance = routes.map((answer) => ({
    instance: answer.item,
    routes: answer.state === 'ok' ? answer.value : null,
  }));
  return judgeSavedTests(
    tests,
    routesByInstance,
    agents.ok ? agents.value : 'unseen',
    providers.ok ? providers.value : 'unseen',
  );
}

/** The same on what has been read already. `routes` null: those of the instance could not be read. */
export function judgeSavedTests(
  tests: readonly SavedTest[],
  routesByInstance: readonly { instance: Instance; routes: readonly Route[] | null }[],
  agents: readonly Agent[] | 'unseen',
  providers: readonly Provider[] | 'unseen',
): SavedTestResult[] {
  return routesByInstance.flatMap(({ instance, routes }) =>
    tests
      .filter(({ instanceId }) => instanceId === instance.id)
      .map((test): SavedTestResult => {
        const common = { ...test, instance: instance.name, expected: nameOf(test.agentId, agents) };
        if (routes === null) return { ...common, state: 'unknown', by: null, got: null };
        const question = { instance, chatId: test.chatId, personId: test.personId };
        const found = resolve(question, routes, agents, providers);
        const right = (found.answerer?.id ?? null) === test.agentId;
        const silent = test.agentId !== null && found.answers === 'no';
        return {
          ...common,
          state: !right ? 'other' : silent ? 'silent' : 'ok',
          by: found.winner.by,
          got: agentText(found.answerer),
        };
      }),
  );
}

function nameOf(id: string | null, agents: readonly Agent[] | 'unseen'): string {
  if (id === null) return 'nobody';
  if (agents === 'unseen') return 'unseen';
  return agents.find((agent) => agent.id === id)?.name ?? (agents.length >= AGENTS_LIMIT ? 'unseen' : 'missing');
}
