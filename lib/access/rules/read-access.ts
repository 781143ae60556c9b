import 'server-only';
import { accessRulesSnapshot, instancesSnapshot } from '#lib/omni/cache/snapshot.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { nowToShow } from '#lib/omni/resources/health.ts';
import type { AccessRule } from '#lib/omni/schemas/access.ts';
import { readSeen, seenOr, type NotSeen, type Seen } from '#lib/omni/seen.ts';
import type { OmniGeneration } from '#lib/scopes/generations.ts';
import type { AccessRead } from './blocked.ts';
import { matchersOf } from './match.ts';

/** Now by Omni's clock, in milliseconds; it is asked only where a rule expires. */
export async function rulesNow(omni: Omni, rules: Seen<readonly AccessRule[]>): Promise<number> {
  return seenOr(rules, []).some(({ expiresAt }) => expiresAt !== null) ? nowToShow(omni) : Date.now();
}

/** Whose key it is and the generation of its server. A session is one. */
type AccessReader = { scopes: readonly string[] | null; capabilities: { generation: OmniGeneration } };

/** What tells where somebody is blocked, or which part of it was not seen. */
export type AccessSources =
  | { is: 'read'; read: AccessRead }
  | { is: 'not-seen'; part: 'access-rules' | 'instance'; seen: NotSeen };

/** The access rules and instances of a server, at most 15 s old, and Omni's clock, by which rules expire. Scopes `access:read`, `instances:read`. */
export async function readAccess(
  omni: Omni,
  { scopes, capabilities: { generation } }: AccessReader,
): Promise<AccessSources> {
  const [rules, instances] = await Promise.all([
    readSeen(scopes, 'access:read', () => accessRulesSnapshot(omni)),
    readSeen(scopes, 'instances:read', () => instancesSnapshot(omni)),
  ]);
  if (rules.is !== 'value') return { is: 'not-seen', part: 'access-rules', seen: rules };
  if (instances.is !== 'value') return { is: 'not-seen', part: 'instance', seen: instances };
  const read = {
    rules: rules.value,
    instances: instances.value,
    matchers: matchersOf(generation),
    now: await rulesNow(omni, rules),
  };
  return { is: 'read', read };
}
