import 'server-only';
import { providerHealthSnapshot } from '#lib/omni/cache/snapshot.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { fanOut, orStopped, seenOfAnswer } from '#lib/omni/paging/fan-out.ts';
import { err, ok, type Result } from '#lib/omni/result.ts';
import type { Agent } from '#lib/omni/schemas/agents.ts';
import type { Seen } from '#lib/omni/seen.ts';
import { readHealth } from '#lib/routes/health/health-read.ts';
import type { RoutesReader } from '#lib/routes/list/list.ts';
import {
  coverageOfAgents,
  coverageOfInstances,
  decidingProviders,
  type AgentCoverage,
  type InstanceCoverage,
} from './coverage.ts';

const AT_ONCE = 8;
const ROUTES_MS = 3000;
/** Omni waits up to 5 s for a provider; a table does not. */
const HEALTH_MS = 1500;

/**
 * The coverage of all routes. `missing`: names of the instances whose routes could not be read, or not in time. `unsure`: agents or
 * providers were not seen, so more of the active routes may lead to nobody than are counted.
 */
export type Coverage = {
  ofInstances: InstanceCoverage[];
  ofAgents: AgentCoverage[];
  missing: string[];
  agents: Seen<readonly Agent[]>;
  unsure: boolean;
};

/** Reads what routes cover: scopes `routes:read` and `instances:read`; without others the verdicts name what they need. */
export async function readCoverage(omni: Omni, reader: RoutesReader): Promise<Result<Coverage, OmniError>> {
  const read = await readHealth(omni, reader, { deadlineMs: ROUTES_MS });
  if (!read.ok) return read;
  const { seen, named, all, agents, unanswered, providers, findings } = read.value;
  if (!named) return err({ kind: 'forbidden', scope: 'instances:read', requestId: 'not-sent' });
  const asked = decidingProviders(all, { agents, providers });
  const answers = await fanOut(omni, asked, { concurrency: AT_ONCE, deadlineMs: HEALTH_MS }, (id, stop) =>
    orStopped(providerHealthSnapshot(omni, id), stop),
  );
  const health = new Map(answers.map((answer) => [answer.item, seenOfAnswer(answer)]));
  const sources = { agents, unanswered, providers, health };
  const counted = { rows: seen.rows, findings };
  const missing = [...seen.failed.map(({ instance }) => instance), ...seen.late];
  return ok({
    ofInstances: coverageOfInstances(all, new Set(missing.map(({ id }) => id)), counted, sources),
    ofAgents: coverageOfAgents(all, counted, sources),
    missing: missing.map(({ name }) => name),
    agents,
    unsure: unanswered.size > 0 || [agents, providers].some(({ is }) => is !== 'value' && is !== 'absent'),
  });
}
