import 'server-only';
import { getAgent } from '#lib/omni/resources/agents.ts';
import { fanOut } from '#lib/omni/paging/fan-out.ts';
import { AGENTS_LIMIT } from '#lib/omni/limits.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { isUuid } from '#lib/omni/door/path.ts';
import { LATE, notSeenOf, valueOf, type Seen } from '#lib/omni/seen.ts';
import type { Agent } from '#lib/omni/schemas/agents.ts';

const AT_ONCE = 8;

/**
 * The agents of some ids, those that exist. Omni lists no more than 200, so one that is not among so many is asked for by
 * its id (contract §1.6); where that fails, the agents are not seen. Scope `agents:read`.
 */
export async function namedAgents(
  omni: Omni,
  listed: Seen<readonly Agent[]>,
  ids: readonly (string | null | undefined)[],
): Promise<Seen<Agent[]>> {
  if (listed.is !== 'value') return listed;
  const wanted = new Set(ids.flatMap((id) => (id && isUuid(id) ? [id.toLowerCase()] : [])));
  const named = listed.value.filter(({ id }) => wanted.delete(id.toLowerCase()));
  if (listed.value.length < AGENTS_LIMIT) return valueOf(named);
  for (const answer of await lookUp(omni, [...wanted])) {
    if (answer.state === 'ok') named.push(answer.value);
    else if (answer.state === 'late') return LATE;
    else if (answer.error.kind !== 'not_found') return notSeenOf(answer.error);
  }
  return valueOf(named);
}

/**
 * The agents of some ids that are not among those listed, and the ids that Omni did not answer for in time. An id that is in
 * neither is of no agent.
 */
export async function agentsBeyond(
  omni: Omni,
  listed: ReadonlyMap<string, Agent>,
  ids: readonly (string | null | undefined)[],
  options: { deadlineMs?: number; signal?: AbortSignal } = {},
): Promise<{ found: Agent[]; unanswered: ReadonlySet<string> }> {
  const wanted = new Set(ids.flatMap((id) => (id && isUuid(id) && !listed.has(id) ? [id] : [])));
  const answers = await lookUp(omni, [...wanted], options);
  const unanswered = answers.filter((answer) =>
    answer.state === 'failed' ? answer.error.kind !== 'not_found' : answer.state === 'late',
  );
  return {
    found: answers.flatMap((answer) => (answer.state === 'ok' ? [answer.value] : [])),
    unanswered: new Set(unanswered.map(({ item }) => item)),
  };
}

const lookUp = (omni: Omni, ids: readonly string[], options: { deadlineMs?: number; signal?: AbortSignal } = {}) =>
  fanOut(omni, ids, { concurrency: AT_ONCE, ...options }, (id) => getAgent(omni, id));
