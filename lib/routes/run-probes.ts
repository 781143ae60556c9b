import 'server-only';
import { listAgents } from '#lib/omni/agents.ts';
import { fanOut } from '#lib/omni/fan-out.ts';
import type { Omni } from '#lib/omni/omni.ts';
import { listProviders } from '#lib/omni/providers.ts';
import { listRoutes } from '#lib/omni/routes.ts';
import type { Agent } from '#lib/omni/schemas/agents.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import { agentText } from './hands.ts';
import type { Probe } from './probes.ts';
import { resolve } from './resolve.ts';

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
  const seen = agents.ok ? agents.value : 'unseen';
  const behind = providers.ok ? providers.value : 'unseen';
  return routes.flatMap((answer) =>
    probes
      .filter(({ instanceId }) => instanceId === answer.item.id)
      .map((probe): ProbeResult => {
        const common = { ...probe, instance: answer.item.name, expected: nameOf(probe.agentId, seen) };
        if (answer.state !== 'ok') return { ...common, state: 'unknown', by: null, got: null };
        const question = { instance: answer.item, chatId: probe.chatId, personId: probe.personId };
        const found = resolve(question, answer.value, seen, behind);
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
  return agents.find((agent) => agent.id === id)?.name ?? 'missing';
}
