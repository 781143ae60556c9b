import { z } from 'zod';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { getHealth } from '#lib/omni/resources/health.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import type { Result } from '#lib/omni/result.ts';

const capability = z.enum(['yes', 'no', 'forbidden', 'unknown']);

export const capabilities = z.object({
  generation: z.enum(['current', 'february', 'unknown']),
  version: z.string().nullable(),
  agents: capability,
  profiles: capability,
  audit: capability,
});

/** Whether a server has a feature. `forbidden`: this key lacks the scope to read it. */
export type Capability = z.infer<typeof capability>;
/** The features of a server, as far as reads show them. The version is that of `/health`; both generations report 2.0.0. */
export type Capabilities = z.infer<typeof capabilities>;

export const UNKNOWN_CAPABILITIES: Capabilities = {
  generation: 'unknown',
  version: null,
  agents: 'unknown',
  profiles: 'unknown',
  audit: 'unknown',
};

/**
 * What one read shows of a feature. `scope`: refused for a scope Omni named. `unmapped`: the current generation has no such call.
 * `absent`: 404. `failed`: 500, which is also how the older generation answers a call it does not have (behaviour 10).
 */
type ReadEvidence = 'answered' | 'scope' | 'unmapped' | 'absent' | 'failed' | 'nothing';

/** What all reads show; `profileColumn`: whether a key's row has that column. */
type Evidence = {
  version: string | null;
  agents: ReadEvidence;
  audit: ReadEvidence;
  instances: ReadEvidence;
  keys: ReadEvidence;
  profileColumn: boolean | null;
};

const listed = z.object({ items: z.array(z.object({})) });
const keysListed = z.object({ items: z.array(z.object({ profile: z.unknown().optional() })) });

/** Finds the server's features by five reads at once, without a write. Never fails: what the reads don't show is `unknown`. */
export async function findCapabilities(omni: Omni): Promise<Capabilities> {
  const readList = <T>(path: string, schema: z.ZodType<T>) =>
    omni.request({ method: 'GET', path, query: { limit: 1 }, schema });
  const [health, agents, audit, instances, keys] = await Promise.all([
    getHealth(omni),
    readList('/agents', listed),
    readList('/audit', listed),
    readList('/instances', listed),
    readList('/keys', keysListed),
  ]);
  const [key] = keys.ok ? keys.value.items : [];
  return judge({
    version: health.ok ? (health.value.version ?? null) : null,
    agents: evidenceOf(agents),
    audit: evidenceOf(audit),
    instances: evidenceOf(instances),
    keys: evidenceOf(keys),
    profileColumn: key ? 'profile' in key : null,
  });
}

/** What the result of a read shows. */
export function evidenceOf(result: Result<unknown, OmniError>): ReadEvidence {
  if (result.ok) return 'answered';
  const { error } = result;
  if (error.kind === 'forbidden') return error.scope ? 'scope' : error.reason === 'unmapped' ? 'unmapped' : 'nothing';
  if (error.kind === 'not_found') return 'absent';
  return error.kind === 'unavailable' && error.status === 500 ? 'failed' : 'nothing';
}

/**
 * What the evidence means. The February generation asks scopes for keys only, so any other refusal for a scope is the
 * current one's; it has no agents and no audit, and answers 500 or 404 there while its neighbours answer (contract §9,
 * behaviour 10, 19).
 */
export function judge(evidence: Evidence): Capabilities {
  const { agents, audit, instances, keys, profileColumn, version } = evidence;
  const guarded = [agents, audit, instances].some((one) => one === 'scope' || one === 'unmapped');
  const current =
    guarded || keys === 'unmapped' || agents === 'answered' || audit === 'answered' || profileColumn === true;
  const missing = (one: ReadEvidence) => one === 'failed' || one === 'absent';
  const oldKeys = profileColumn === false || keys === 'scope';
  const february = !current && missing(agents) && missing(audit) && instances === 'answered' && oldKeys;
  return {
    generation: current ? 'current' : february ? 'february' : 'unknown',
    version,
    agents: february ? 'no' : capabilityOf(agents),
    profiles: february ? 'no' : profilesOf(profileColumn, keys),
    audit: february ? 'no' : audit === 'unmapped' ? 'no' : capabilityOf(audit),
  };
}

function profilesOf(column: boolean | null, keys: ReadEvidence): Capability {
  if (column !== null) return column ? 'yes' : 'no';
  return keys === 'scope' ? 'forbidden' : 'unknown';
}

function capabilityOf(one: ReadEvidence): Capability {
  if (one === 'answered') return 'yes';
  if (one === 'scope') return 'forbidden';
  return one === 'absent' ? 'no' : 'unknown';
}
