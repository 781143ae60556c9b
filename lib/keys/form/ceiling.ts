import 'server-only';
import type { Omni } from '#lib/omni/door/omni.ts';
import { seeKeys, type SeenKey } from '#lib/omni/resources/own-key.ts';
import { KEYS_LIMIT, type Key } from '#lib/omni/schemas/keys.ts';
import { seenOf, valueOf, type NotSeen, type Seen } from '#lib/omni/seen.ts';
import { notSeenValue } from '#lib/operations/effects/value.ts';
import type { Text } from '#lib/operations/plan/define.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { scopesBeyond } from '#lib/scopes/table.ts';

/**
 * What the session's key can grant: no more than it has (contract §5.3). `null` scopes, and instances that were not seen, are left
 * to Omni, which checks again in any case. Seen instances: null is all, an empty list none.
 */
export type Ceiling = { scopes: readonly string[] | null; instances: Seen<string[] | null>; locked: boolean };

type KeyReach = Pick<Key, 'scopes' | 'instanceIds' | 'instanceAllowlist'>;

/** Omni listed all its keys, and the one that asked is not among them: it was revoked or deleted just now. */
const OWN_GONE: NotSeen = { is: 'failed', problem: { code: 'not_found', values: {} } };

/** The caller's ceiling, and the active keys that Omni lists, the oldest hundred at most. */
export async function readCeiling(
  omni: Omni,
  scopes: readonly string[] | null,
): Promise<{ ceiling: Ceiling; listed: Seen<SeenKey[]> }> {
  const may = allows(scopes, 'keys:read') !== 'no';
  const listed: Seen<SeenKey[]> = may
    ? seenOf(await seeKeys(omni, { status: 'active' }))
    : { is: 'forbidden', scope: 'keys:read' };
  if (listed.is !== 'value') return { ceiling: { scopes, instances: listed, locked: false }, listed };
  const own = listed.value.find((seen) => seen.own)?.key;
  if (own) return { ceiling: ceilingOf(own), listed };
  const instances: NotSeen = listed.value.length < KEYS_LIMIT ? OWN_GONE : { is: 'beyond', limit: KEYS_LIMIT };
  return { ceiling: { scopes, instances, locked: false }, listed };
}

/** What a key can grant. */
export function ceilingOf(own: Key): Ceiling {
  const locked = own.instanceAllowlist.length > 0;
  return { scopes: own.scopes, instances: valueOf(locked ? own.instanceAllowlist : own.instanceIds), locked };
}

/** Why a wanted key exceeds the ceiling, or nothing. */
export function exceeds(ceiling: Ceiling, wanted: KeyReach): Text | undefined {
  const scopes = scopesBeyond(wanted.scopes, ceiling.scopes);
  if (scopes.length > 0) return { key: 'keys.beyond-scopes', values: { scopes: scopes.join(', ') } };
  if (ceiling.instances.is !== 'value' || ceiling.instances.value === null) return undefined;
  const held = ceiling.instances.value;
  const asked = ceiling.locked && wanted.instanceAllowlist.length > 0 ? wanted.instanceAllowlist : wanted.instanceIds;
  return asked === null || asked.some((id) => !held.includes(id)) ? { key: 'keys.beyond-instances' } : undefined;
}

/** What could not be checked of the ceiling and is left to Omni, as lines of a plan. */
export function uncheckedOf({ instances }: Ceiling, wanted: Pick<KeyReach, 'instanceIds'>): Text[] {
  return instances.is === 'value' || wanted.instanceIds?.length === 0
    ? []
    : [{ key: 'keys.reach-not-seen', values: { why: notSeenValue(instances) } }];
}
