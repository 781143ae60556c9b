import 'server-only';
import { getAgent } from '#lib/omni/agents.ts';
import type { OmniError } from '#lib/omni/errors.ts';
import { AGENTS_LIMIT } from '#lib/omni/limits.ts';
import type { Omni } from '#lib/omni/omni.ts';
import { isUuid } from '#lib/omni/path.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import type { Agent } from '#lib/omni/schemas/agents.ts';

/**
 * The agents of some ids, those that exist. Omni lists no more than 200, so one that is not among so many is asked for by
 * its id (contract §1.6). Scope `agents:read`.
 */
export async function namedAgents(
  omni: Omni,
  listed: readonly Agent[],
  ids: readonly (string | null | undefined)[],
): Promise<Result<Agent[], OmniError>> {
  const wanted = new Set(ids.flatMap((id) => (id && isUuid(id) ? [id.toLowerCase()] : [])));
  const named = listed.filter(({ id }) => wanted.delete(id.toLowerCase()));
  if (listed.length < AGENTS_LIMIT) return ok(named);
  const others = await Promise.all([...wanted].map((id) => getAgent(omni, id)));
  for (const answer of others) {
    if (answer.ok) named.push(answer.value);
    else if (answer.error.kind !== 'not_found') return answer;
  }
  return ok(named);
}
