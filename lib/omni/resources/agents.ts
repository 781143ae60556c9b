import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { AGENTS_LIMIT } from '#lib/omni/limits.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { path } from '#lib/omni/door/path.ts';
import { read } from '#lib/omni/cache/read.ts';
import type { Result } from '#lib/omni/result.ts';
import { agentAnswer, agentList, agentOwnerPatch, type Agent } from '#lib/omni/schemas/agents.ts';
import { write } from './write.ts';

/**
 * Agents, active or not, oldest first. Scope `agents:read`. The older generation has none: 404 for a `*` key, 403 or even
 * 500 for others (contract §6, behaviour 10). `isActive` isn't offered: Omni reads `false` as true.
 */
export function listAgents(omni: Omni): Promise<Result<Agent[], OmniError>> {
  return read(omni, { path: '/agents', query: { limit: AGENTS_LIMIT }, schema: agentList });
}

/** One agent, also a deleted one: deleting only makes it inactive. Scope `agents:read` (contract §6). */
export function getAgent(omni: Omni, id: string): Promise<Result<Agent, OmniError>> {
  return read(omni, { path: path`/agents/${id}`, schema: agentAnswer });
}

/** Gives an agent another owner. Scope `agents:write`; Omni cannot clear it (contract §6). */
export function patchAgentOwner(omni: Omni, id: string, ownerId: string): Promise<Result<Agent, OmniError>> {
  return write(omni, agentOwnerPatch, {
    method: 'PATCH',
    path: path`/agents/${id}`,
    body: { ownerId },
    schema: agentAnswer,
  });
}
