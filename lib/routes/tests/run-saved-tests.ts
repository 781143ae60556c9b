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
import { agentText } from '#lib/routes/verdict/hands.ts';
import type { Probe } from './saved-tests.ts';
import { resolve } from '#lib/routes/resolve/resolve.ts';

/**
 * What became of a probe. `silent`: the right agent, but nobody answers (its provider is off, say). `unknown`: the routes of
 * its instance could not be read. Agents by name, or nobody, missing, unseen.
 */
export type ProbeResult = Probe & {
  instance: string;
  state: 'ok' | 'other' | 'silent' | 'unknown';
  by: 'chat' | 'user' | 'default' | null;
  expected: string;
  got: string | null;
};

const AT_ONCE = 8;
const DEADLINE_MS = 10_000;

/** Asks every probe of the instances given, on routes read now. Probes of other instances are left out. */
export async function runProbes(
  omni: Omni,
  probes: readonly Probe[],
  instances: readonly Instance[],
): Promise<ProbeResult[]> {
  const asked = instances.filter(({ id }) => probes.some((probe) => probe.instanceId === id));
  const [agents, providers, routes] = await Promise.all([
    listAgents(omni),
    listProviders(omni),
    fanOut(omni, asked, { concurrency: AT_ONCE, deadlineMs: DEADLINE_MS }, (instance, signal) =>
      listRoutes(omni, instance.id, signal),
    ),
  ]);
  const places = routes.map((answer) => ({
    instance: answer.item,
    routes: answer.state === 'ok' ? answer.value : null,
  }));
  return judgeProbes(probes, places, agents.ok ? agents.value : 'unseen', providers.ok ? providers.value : 'unseen');
}

/** The same on what was read already. `routes` null: those of the instance could not be read. */
export function judgeProbes(
  probes: readonly Probe[],
  places: readonly { instance: Instance; routes: readonly Route[] | null }[],
  agents: readonly Agent[] | 'unseen',
  providers: readonly Provider[] | 'unseen',
): ProbeResult[] {
  return places.flatMap(({ instance, routes }) =>
    probes
      .filter(({ instanceId }) => instanceId === instance.id)
      .map((probe): ProbeResult => {
        const common = { ...probe, instance: instance.name, expected: nameOf(probe.agentId, agents) };
        if (routes === null) return { ...common, state: 'unknown', by: null, got: null };
        const question = { instance, chatId: probe.chatId, personId: probe.personId };
        const found = resolve(question, routes, agents, providers);
        const right = (found.answerer?.id ?? null) === probe.agentId;
        const silent = probe.agentId !== null && found.answers === 'no';
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
